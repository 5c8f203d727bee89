import type { Caller } from '@dandang/access/caller.ts';
import { mayRead } from '@dandang/access/party.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Warning } from '@dandang/casework/warning.ts';
import type { Accepted } from '@dandang/accept/accept.ts';
import { letterShown, recipientShown } from './letter-shown.ts';
import { type AnswerSurroundings, issuedIn, lettersFor, matterAnswer } from './matter-answer.ts';
import type { ApiAnswer } from './route.ts';

/**
 * What a command would come to (`docs/http.md`, Drafts and dry runs): of the matter after it what the real answer would show, and of the
 * letters that it would issue those that it would show. What it means in the files of others is told, not worked out.
 */
export async function dryRunAnswer(
  deps: AnswerSurroundings,
  { open, commit, repeated }: Accepted,
  hats: readonly [Caller, ...Caller[]],
  now: Instant,
  said: readonly Warning[],
): Promise<ApiAnswer> {
  const { state, deadlines, warnings } = await matterAnswer(deps, open, hats, now, said);
  const issued = commit === undefined || repeated ? new Set() : issuedIn(commit);
  const seen = hats.flatMap((hat) => lettersFor(open, hat, open.sees(hat) ?? 'own'));
  const letters = open.matter.letters.filter((one) => issued.has(one.id) && seen.includes(one));
  const whole = hats.some((hat) => open.sees(hat) === 'file');
  const recipients = letters.flatMap(({ id: document, deliveries }) =>
    deliveries
      .filter(({ recipient }) => whole || hats.some((hat) => mayRead(hat, recipient)))
      .map((one) => ({ ...recipientShown(one), document })),
  );
  const happened = (commit?.events ?? []).map(({ type }) => type);
  const means = open.effects.filter(({ on }) => on.some((type) => happened.includes(type)));
  const next = new Set(open.todos().map(({ title }) => title));
  const follows = whole
    ? [...means.map((one) => one.means), ...(next.size === 0 ? [] : [`此后待办：${[...next].join('、')}`])]
    : [];
  const body = { dryRun: true, state, deadlines, letters: letters.map(letterShown), recipients, follows, warnings };
  return { status: 200, body };
}
