/**
 * How a command's button looks: `primary` leads the matter on, `danger` takes back or ends what stands. It is no rule: who may
 * do it and whether, the service says.
 */
export type Tone = 'primary' | 'normal' | 'danger';
