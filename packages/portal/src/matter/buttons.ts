import type { Matter } from '../api/answers.ts';
import type { Command } from '../api/catalogue.ts';

/** A command as a button: what it is called, how it looks, and why it cannot be done now. */
export interface CommandButton extends Pick<Command, 'name' | 'title' | 'tone'> {
  readonly blocked?: string | undefined;
}

export interface Buttons {
  readonly primary: CommandButton | undefined;
  readonly beside: readonly CommandButton[];
  readonly more: readonly CommandButton[];
}

const last = (one: CommandButton): number => Number(one.tone === 'danger');

/**
 * The buttons of a matter: those commands that the service allows, in the order of the measure. The primary one is the
 * caller's own to-do here, else the first that leads the matter on and can be done; two stand beside it, the rest under 更多,
 * what takes back or ends something last.
 */
export function buttonsOf(
  { allowed, actions }: Pick<Matter, 'allowed' | 'actions'>,
  commands: readonly Command[],
  waiting: readonly string[],
): Buttons {
  const offered = actions ?? allowed.map((name) => ({ name, blocked: undefined }));
  const order = commands.map(({ name }) => name);
  const all = offered
    .map(({ name, blocked }): CommandButton => {
      const command = commands.find((one) => one.name === name);
      return { name, title: command?.title ?? name, tone: command?.tone ?? 'normal', blocked: blocked?.title };
    })
    .toSorted((a, b) => last(a) - last(b) || order.indexOf(a.name) - order.indexOf(b.name));
  const possible = all.filter(({ blocked, tone }) => blocked === undefined && tone !== 'danger');
  const primary =
    possible.find(({ name }) => waiting.includes(name)) ?? possible.find(({ tone }) => tone === 'primary');
  const rest = all.filter((one) => one !== primary);
  const near = rest.filter(({ tone }) => tone !== 'danger').slice(0, 2);
  return { primary, beside: near, more: rest.filter((one) => !near.includes(one)) };
}
