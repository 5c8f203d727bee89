import { formatChinese } from '@dandang/calendar/civil-date.ts';
import { formatTerm, type Term } from '@dandang/calendar/term.ts';
import type { Context, NumberNeeded } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import { type IssuedLetter, issueLetter, type Recipient } from '@dandang/casework/letter-issue.ts';
import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
import type { Block, LetterContent } from '@dandang/letters/letter.ts';
import { withNamesOnce } from './names-once.ts';
import { asRecipient } from './recipients.ts';

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const heading = (text: string): Block => ({ kind: 'heading', level: 1, text });

/**
 * By when something is due, as a letter prints it: the date while it is firm, otherwise only the rule. A provisional date
 * is never printed.
 */
export const byWhen = (deadline: Counted): string => {
  // A day that somebody named follows from no rule.
  if (deadline.named === true) return `${formatChinese(deadline.dueOn)}前（含当日）`;
  const extension = deadline.extended > 0 ? `，延期${deadline.extended}个工作日` : '';
  const rule = `${formatTerm(deadline.basis)}${extension}`;
  return deadline.firm ? `${formatChinese(deadline.dueOn)}前（含当日，${rule}）` : `${rule}内`;
};

/**
 * The sentence that names the remedy: to whom, in writing, within how long from the receipt. A Party committee's office and
 * a reminder have it by analogy with 《政府督查工作条例》 art. 17, and the letter says so.
 */
export const remedy = (letter: string, office: string, within: Term): Block =>
  paragraph(
    `对${letter}有异议的，可以自收到之日起${formatTerm(within)}内向${office}书面提出（参照《政府督查工作条例》第十七条）。`,
  );

/** What a measure says of a letter; `T` are the types of its documents, `slot` as in `issueLetter`. */
export interface Written<T extends string> {
  readonly slot: string;
  readonly type: T;
  readonly issuer: string;
  readonly title: string;
  readonly addressees: readonly string[];
  readonly body: readonly Block[];
  readonly to: Parameters<typeof issueLetter>[3];
  readonly number?: string | undefined;
  readonly regarding?: string | undefined;
  readonly layout?: LetterContent['layout'];
  readonly copies?: readonly string[];
  /** 印发机关, where the layout prints one with today's date. */
  readonly printedBy?: string;
  /** Who signs, where the head names more than the body that does (市委组织部约谈记录). */
  readonly signatory?: string;
}

/** Issues a letter of today, sealed, with the deployment's marking. `typeName` is what the document is called on paper. */
export function officialLetter<T extends string>(
  { policy, today, matterKey }: Context,
  typeName: string,
  written: Written<T>,
): IssuedLetter {
  const { slot, type, issuer, title, to, layout = 'letter', copies = [], signatory = issuer, printedBy } = written;
  const marking = policy.settings['letter.marking'].value;
  const number = written.number === undefined ? {} : { number: written.number };
  const content: LetterContent = {
    layout,
    issuer,
    title,
    addressees: [...written.addressees],
    body: [...written.body],
    attachments: [],
    signatories: [signatory],
    date: today,
    copies: [...copies],
    sealed: true,
    ...number,
    ...(printedBy === undefined ? {} : { printedBy, printedOn: today }),
    ...(marking === null ? {} : { marking }),
  };
  const regarding = written.regarding === undefined ? {} : { regarding: written.regarding };
  const names = [issuer, ...to.map(({ recipient }) => recipient.name)];
  return issueLetter(
    matterKey,
    slot,
    { type, typeName, content: withNamesOnce(content, names), ...number, ...regarding },
    to,
  );
}

/** The settings that hold a series of document numbers. */
export type SeriesSetting = Extract<keyof Context['policy']['settings'], `${string}.series`>;

/**
 * What a command that issues letters says of the numbers it needs: one for each named letter, in the series that the
 * deployment has set; none while it has set none.
 */
export const numbersOf =
  (series: SeriesSetting) =>
  (...letters: readonly string[]) =>
  (_matter: unknown, _input: unknown, { policy }: Context): NumberNeeded[] => {
    const { value } = policy.settings[series];
    return value === null ? [] : letters.map((letter) => ({ letter, series: value }));
  };

/** A number must stand on the letter: refuses with `series-unset` while the deployment has set no series for it. */
export const seriesMissing = ({ policy }: Pick<Context, 'policy'>, series: SeriesSetting): Refusal | undefined =>
  policy.settings[series].value === null
    ? refuse('series-unset', { setting: series, detail: '请管理员设置机关代字；已有事项沿用其开始时的制度版本' })
    : undefined;

/** The letters of a matter so far went to these: exactly those who must hear when one of them is taken back. */
export function recipientsOf(letters: readonly IssuedLetter[], directory: Context['directory']): Recipient[] {
  const got = new Map<string, Recipient>();
  for (const { recipient } of letters.flatMap((one) => one.deliveries))
    got.set(`${recipient.kind}/${recipient.id}`, asRecipient(recipient, directory));
  return [...got.values()];
}
