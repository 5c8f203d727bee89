import { formatChinese } from '@dandang/calendar/civil-date.ts';
import { formatTerm, type Term } from '@dandang/calendar/term.ts';
import type { Context, NumberNeeded } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import { contactLine, type IssuedLetter, issueLetter, type Recipient } from '@dandang/casework/letter-issue.ts';
import { type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { speaking } from '@dandang/casework/wording.ts';
import { sentence } from '@dandang/letters/finished.ts';
import type { Block, LetterContent } from '@dandang/letters/letter.ts';
import { ordinal } from '@dandang/letters/ordinal.ts';
import { commonWording } from '@dandang/casework/common-wording.ts';
import { withNamesOnce } from './names-once.ts';
import { asRecipient, printedNames } from './recipients.ts';

/** What we say ourselves. */
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
/** What somebody typed: it ends as a sentence. */
export const typed = (text: string): Block => paragraph(sentence(text));
export const heading = (text: string): Block => ({ kind: 'heading', level: 1, text });

/** Typed texts one under the other: 1. 2. 3. */
export const numbered = (texts: readonly string[]): Block[] =>
  texts.map((text, index) => paragraph(`${ordinal(3, index + 1)} ${sentence(text)}`));

/** Parts with their headings 一、 二、 in a row, without those that are missing. */
export const sections = (...parts: readonly (readonly [title: string, ...blocks: Block[]] | undefined)[]): Block[] =>
  parts
    .filter((one) => one !== undefined)
    .flatMap(([title, ...blocks], index) => [heading(`${ordinal(1, index + 1)}${title}`), ...blocks]);

/** The whole term, extensions included: `8个工作日`, or `1个月另加3个工作日`. */
const ruleOf = ({ basis, extended }: Counted): string => {
  if (extended === 0) return formatTerm(basis);
  return basis.unit === 'working-day'
    ? formatTerm({ amount: basis.amount + extended, unit: basis.unit })
    : `${formatTerm(basis)}另加${extended}个工作日`;
};

/**
 * By when something is due, to be put before a verb: the date while it is firm, with what it was counted from where a letter
 * says that; else only the rule. A provisional date is never printed. A day that somebody named follows from no rule.
 */
export function byWhen(deadline: Counted, since?: string): string {
  const day = `于${formatChinese(deadline.dueOn)}前`;
  if (deadline.named === true) return `${day}（含当日）`;
  if (!deadline.firm) return `自${since ?? formatChinese(deadline.basis.startedOn)}起${ruleOf(deadline)}内（不含当日）`;
  return since === undefined ? `${day}（含当日）` : `${day}（含当日，自${since}起${ruleOf(deadline)}）`;
}

/** The same as a noun: `2026年9月29日（含当日）`. */
export const lastDay = (deadline: Counted): string =>
  deadline.firm || deadline.named === true
    ? `${formatChinese(deadline.dueOn)}（含当日）`
    : `自${formatChinese(deadline.basis.startedOn)}起${ruleOf(deadline)}，截止日期待国家公布放假安排后确定`;

/** What every letter can say. */
export const common = ({ policy }: Pick<Context, 'policy'>) => speaking(commonWording, 'letter', policy);

/** How a letter of a measure begins: 根据《…》， or nothing where the city's article names no instrument. */
export function basisOf(context: Pick<Context, 'policy'>, kind: string): string {
  const instrument = context.policy.instruments[kind];
  return instrument === undefined ? '' : common(context)('basis', { instrument: instrument.name });
}

/** The sentence that names the remedy: to whom, in writing, within how long from the receipt. */
export const remedy = (letter: string, office: string, within: Term, context: Pick<Context, 'policy'>): Block =>
  paragraph(common(context)('objection', { letter, office, term: formatTerm(within) }));

/** What a measure says of a letter; `T` are the types of its documents, `slot` as in `issueLetter`. */
export interface Written<T extends string> {
  readonly slot: string;
  readonly type: T;
  /** The body that issues it. */
  readonly from: Pick<Recipient, 'id' | 'name'>;
  /** 发文机关标志, where it says more than the body's name (市委组织部约谈记录). */
  readonly head?: string;
  /** Left out, it is called by its type, 关于演督函〔2026〕1号的…, where it is about a letter and has no number of its own. */
  readonly title?: string;
  readonly body: readonly Block[];
  readonly to: Parameters<typeof issueLetter>[3];
  readonly number?: string | undefined;
  readonly regarding?: string | undefined;
  readonly layout?: LetterContent['layout'];
  /** 主送, where it is not whom the letter goes to. */
  readonly addressees?: readonly string[];
  /** 抄送, where it does not name them as the directory does. */
  readonly copies?: readonly string[];
  /** Whether the layout prints the body that issues it as 印发机关, with today's date. */
  readonly printed?: true;
}

const titleOf = (typeName: string, regarding: string | undefined): string =>
  regarding === undefined ? typeName : `关于${regarding}的${typeName}`;

/**
 * Issues a letter of today, sealed, with the deployment's marking and the issuing unit's contact. `typeName` is what the
 * document is called on paper. Who issues a letter is never among those whom it goes to.
 */
export function officialLetter<T extends string>(
  context: Context,
  typeName: string,
  written: Written<T>,
): IssuedLetter {
  const { policy, today, matterKey, directory } = context;
  const { slot, type, from, head = from.name, layout = 'letter', regarding, number } = written;
  const to = written.to.filter(({ recipient }) => recipient.kind !== 'unit' || recipient.id !== from.id);
  const named = (copies: boolean): string[] =>
    printedNames(to.filter(({ as }) => (as === 'copy') === copies).map(({ recipient }) => recipient));
  const marking = policy.settings['letter.marking'].value;
  const contact = directory.unit(from.id)?.contact;
  const numbering = number === undefined ? {} : { number };
  const content: LetterContent = {
    layout,
    issuer: head,
    title: written.title ?? titleOf(typeName, regarding),
    addressees: [...(written.addressees ?? named(false))],
    body: [...written.body],
    attachments: [],
    signatories: [from.name],
    date: today,
    copies: [...(written.copies ?? named(true))],
    sealed: true,
    ...numbering,
    ...(written.printed === undefined ? {} : { printedBy: from.name, printedOn: today }),
    ...(contact === undefined ? {} : { note: contactLine(contact, policy) }),
    ...(marking === null ? {} : { marking }),
  };
  const names = [from.name, ...to.map(({ recipient }) => recipient.name)];
  return issueLetter(
    matterKey,
    slot,
    {
      type,
      typeName,
      content: withNamesOnce(content, names),
      ...numbering,
      ...(regarding === undefined ? {} : { regarding }),
      ...(contact === undefined ? {} : { phone: contact.phone }),
    },
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
