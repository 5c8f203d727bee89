/** Why an operator's command was not done, and what to do about it: sentences for whoever called it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** 1 where something is wrong with the data or a backup, 2 for a wrong call. */
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, sentences: string | readonly string[], options?: ErrorOptions) {
    super(typeof sentences === 'string' ? sentences : sentences.join('\n'), options);
    this.exitCode = exitCode;
  }
}
