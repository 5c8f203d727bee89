import type { Matter } from '../api/answers.ts';
import type { Command } from '../api/catalogue.ts';

/** A command as a button: what it is called, how it looks, and why it cannot be done now. */
export interface CommandButton extends Pick<Command, 'name' | 'title' | 'tone'> {
  readonly blocked?: string | undefined;
  /** It is put forward to be signed by a head of the caller's unit. */
  readonly forSignature?: boolean | undefined;
}

/** What else is known of the commands. */
export interface Known {
  /** Those that wait for the caller on this matter. */
  readonly waiting: readonly string[];
  /** Those that every measure has: they stand behind the measure's own. */
  readonly common: ReadonlySet<string>;
}

export interface Buttons {
  readonly primary: CommandButton | undefined;
  readonly beside: readonly CommandButton[];
  readonly more: readonly CommandButton[];
}

/**
 * The buttons of a matter: those commands that the service allows, the measure's own first, in its order. The primary one is the
 * caller's own to-do here, else the first that leads the matter on and can be done; two stand beside it, the rest under 更多,
 * what takes back or ends something last.
 */
export function buttonsOf(
  { allowed, actions }: Pick<Matter, 'allowed' | 'actions'>,
  commands: readonly Command[],
  { waiting, common }: Known,
): Buttons {
  const offered = actions ?? allowed.map((name) => ({ name, blocked: undefined, forSignature: undefined }));
  const rank = ({ name, tone }: CommandButton): number =>
    tone === 'danger' ? 3 : common.has(name) ? 2 : tone === 'primary' ? 0 : 1;
  const order = commands.map(({ name }) => name);
  const all = offered
    .map(({ name, blocked, forSignature }): CommandButton => {
      const command = commands.find((one) => one.name === name);
      return {
        name,
        title: command?.title ?? name,
        tone: command?.tone ?? 'normal',
        ...(blocked === undefined ? {} : { blocked: blocked.detail ?? blocked.title }),
        ...(forSignature === undefined ? {} : { forSignature }),
      };
    })
    .toSorted((a, b) => rank(a) - rank(b) || order.indexOf(a.name) - order.indexOf(b.name));
  const possible = all.filter(({ blocked, tone }) => blocked === undefined && tone !== 'danger');
  const primary =
    possible.find(({ name }) => waiting.includes(name)) ?? possible.find(({ tone }) => tone === 'primary');
  const rest = all.filter((one) => one !== primary);
  const near = rest.filter(({ tone }) => tone !== 'danger').slice(0, 2);
  return { primary, beside: near, more: rest.filter((one) => !near.includes(one)) };
}
