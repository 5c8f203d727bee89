import { chinaDate, type CivilDate, formatChinese } from '@dandang/calendar/civil-date.ts';
import { formatTerm, type Term } from '@dandang/calendar/term.ts';
import type { Context } from '@dandang/casework/command.ts';
import { type Counted, isOpen } from '@dandang/casework/deadline.ts';
import { foldDelivery } from '@dandang/casework/delivery.ts';
import type { IssuedLetter, PlannedDelivery, Recipient } from '@dandang/casework/letter-issue.ts';
import type { NoticeOccasion } from '@dandang/casework/notice.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { byWhen, heading, officialLetter, paragraph, recipientsOf, type Written } from '../official-letter.ts';
import { asRecipient, officialRecipient, unitRecipient } from '../recipients.ts';
import type { Decided } from './events.ts';
import type { Outcome } from './outcome.ts';
import { penaltyOf, type Tolerance } from './tolerance-matter.ts';

/** What each document of this measure is called on paper. */
export const typeNames = {
  'tolerance-decision': '容错处理决定书',
  'tolerance-rescission': '撤销通知',
  'tolerance-review': '复核决定书',
  'tolerance-declined': '容错申请不予受理通知',
  chaser: '催办通知',
  urging: '催办通知',
  'overdue-notice': '逾期情况通知',
  'recount-notice': '时限调整通知',
  'extension-answer': '延期答复',
} as const;
export type ToleranceDocument = keyof typeof typeNames;

/** The outcomes in the article's words (Yichang, “容错结果如何运用”). */
const outcomeNames: Readonly<Record<Outcome, string>> = { exempt: '免责', mitigate: '减责', none: '不予容错' };

const letter = (
  tolerance: Tolerance,
  context: Context,
  written: Omit<Written<ToleranceDocument>, 'issuer' | 'slot' | 'title'> & { readonly slot?: string },
): IssuedLetter =>
  officialLetter(context, typeNames[written.type], {
    slot: written.type,
    issuer: tolerance.organ?.name ?? '',
    title: typeNames[written.type],
    ...written,
  });

const organOf = ({ organ }: Tolerance, { directory }: Context): Recipient =>
  unitRecipient(organ?.id ?? '', organ?.name ?? '', directory);

/** The official and the unit: those whose matter it is. */
const officialAndUnit = ({ unit, subjects }: Tolerance, { directory }: Context): Recipient[] => [
  ...subjects.map((one) => officialRecipient(one.id, one.name, directory)),
  unitRecipient(unit.id, unit.name, directory),
];

const partyOrganisation = ({ name }: Recipient): string => `${name}党组织`;

/**
 * The bodies that get a copy, in the policy's order, each as the letter names it: the unit for its Party organisation, every
 * other body under its own name. Where one unit is both it is named as both, and gets one copy.
 */
const copied = ({ unit }: Tolerance, { directory, policy }: Context): { recipient: Recipient; named: string }[] =>
  policy.tolerance.copies.map(({ id, name }) => {
    const recipient = id === 'unit' ? unitRecipient(unit.id, unit.name, directory) : unitRecipient(id, name, directory);
    return { recipient, named: id === 'unit' ? partyOrganisation(recipient) : recipient.name };
  });

/** How a risk filing stands, in words that a letter uses. */
const filingStates: Readonly<Record<string, string>> = {
  filed: '尚未受理',
  returned: '退回补正',
  active: '备案有效',
  concluded: '已办结',
  declined: '未予受理',
  revoked: '已撤销备案',
  expired: '已过有效期',
  withdrawn: '已撤回',
};

/** How a decision can be reviewed, and within which term where the deployment has set one. */
const reviewWays = (within: Term | null): string =>
  `对本决定不服的，可以${within === null ? '' : `自本决定作出之日起${formatTerm(within)}内`}向本机关申请复核。复核由未参与本决定的人员办理，不停止本决定的执行，不因申请复核而加重处理。`;

function decidedText({ outcome, handling, impact }: Decided, { policy }: Context): string {
  // Whoever is exempted is not handled: what else was written of that (免予处理) is on file and not in the sentence.
  const handled =
    handling === undefined || outcome === 'exempt' ? '' : `，处理为${penaltyOf(handling, policy)?.name ?? handling}`;
  const until = impact === undefined ? '' : `，影响期至${formatChinese(impact.endsOn)}`;
  return `经集体研究，决定${outcome === 'none' ? '' : '予以'}${outcomeNames[outcome]}${handled}${until}。`;
}

/** A correction and by when it is due, as it was counted; or, where it stands from an earlier decision, as it was then. */
export interface OrderedCorrection {
  readonly requirement: string;
  readonly due: Counted | undefined;
}

/** A text that goes on behind: it ends as a sentence does. */
const sentence = (text: string): string => `${text.trim().replace(/[。．.；;]$/, '')}。`;

const sections = (...parts: readonly (readonly [title: string, ...blocks: Block[]] | undefined)[]): Block[] =>
  parts
    .filter((one) => one !== undefined)
    .flatMap(([title, ...blocks], index) => [heading(`${'一二三四五六七八'.charAt(index)}、${title}`), ...blocks]);

/**
 * 容错处理决定书: to the official, with a copy for each of the policy's bodies. What it contains follows the decisions of
 * 《国有企业管理人员处分条例》 art. 30 by analogy, since the article prescribes no form: who, facts, reasons, outcome,
 * correction, ways of review.
 */
export function decisionLetter(
  tolerance: Tolerance,
  decision: Decided,
  corrections: readonly OrderedCorrection[],
  slot: string,
  context: Context,
): IssuedLetter {
  const { details, unit, subjects } = tolerance;
  const [official] = subjects;
  const name = official?.name ?? '';
  const position = official?.position ?? '';
  const names = (details.assessment?.circumstances ?? []).flatMap((one) => (one.name === undefined ? [] : [one.name]));
  const bodies = copied(tolerance, context);
  const changed = details.decisions.length > 0;
  const earlier = tolerance.letters.findLast((one) => one.type === 'tolerance-decision')?.number;
  const addressee = officialRecipient(official?.id ?? '', name, context.directory);
  return letter(tolerance, context, {
    slot,
    type: 'tolerance-decision',
    layout: 'document',
    number: context.numberOf(slot),
    addressees: [name],
    body: [
      ...(changed
        ? [
            paragraph(
              `经复核，${earlier === undefined ? '原决定' : `${earlier}容错处理决定书`}变更如下，原决定不再执行。`,
            ),
          ]
        : []),
      ...sections(
        [
          '基本情况',
          paragraph(
            `${name}，${position === '' ? unit.name : position.startsWith(unit.name) ? position : `${unit.name}${position}`}。`,
          ),
        ],
        [
          '认定的事实',
          paragraph(decision.facts ?? details.accountability.fact),
          paragraph(`责任追究事由：${sentence(details.accountability.reference)}`),
        ],
        [
          '理由',
          ...(names.length === 0
            ? []
            : [paragraph(`${decision.outcome === 'none' ? '所涉' : '符合以下'}情形：${names.join('；')}。`)]),
          paragraph(decision.reasons),
          ...decision.riskFilings.map(({ filedOn, state }) =>
            paragraph(`有关事项已于${formatChinese(filedOn)}事前报备，现${filingStates[state] ?? state}。`),
          ),
        ],
        [
          '处理决定',
          paragraph(decidedText(decision, context)),
          paragraph(`研究机构和日期：${decision.meeting.body}，${formatChinese(decision.meeting.on)}。`),
        ],
        [
          '纠错要求',
          ...corrections.map(({ requirement, due }, index) =>
            paragraph(
              `${index + 1}. ${sentence(requirement)}${due === undefined ? '' : `请于${byWhen(due)}完成，并报本机关审核销号。`}`,
            ),
          ),
          ...(decision.noCorrection === undefined
            ? []
            : [paragraph(`无须纠错，理由：${decision.noCorrection.reason}`)]),
          ...(corrections.length === 0 && decision.noCorrection === undefined ? [paragraph('无。')] : []),
        ],
        decision.effects.length === 0
          ? undefined
          : ['结果运用', ...decision.effects.map(({ text }, index) => paragraph(`${index + 1}. ${text}。`))],
        ['复核途径', paragraph(reviewWays(context.policy.settings['tolerance.reviewWithin'].value))],
      ),
    ],
    copies: bodies.map(({ named }) => named),
    printedBy: tolerance.organ?.name ?? '',
    to: [
      { recipient: addressee, as: 'addressee' },
      ...bodies.map(({ recipient }) => ({ recipient, as: 'copy' as const })),
    ],
  });
}

const decisionLetters = ({ letters }: Tolerance) => letters.filter((one) => one.type === 'tolerance-decision');

/** 撤销通知, to exactly those who got the decision. */
export function rescissionLetter(tolerance: Tolerance, reason: string, context: Context): IssuedLetter {
  const issued = decisionLetters(tolerance);
  const recipients = recipientsOf(issued, context.directory);
  const numbers = issued.flatMap((one) => (one.number === undefined ? [] : [one.number])).join('、');
  return letter(tolerance, context, {
    type: 'tolerance-rescission',
    number: context.numberOf('tolerance-rescission'),
    addressees: recipients.map((one) => (one.id === tolerance.unit.id ? partyOrganisation(one) : one.name)),
    body: [
      paragraph(`现撤销${numbers}容错处理决定书，自本通知印发之日起不再执行，不得再作为有关评价和使用的依据。`),
      paragraph(`撤销理由：${reason}`),
    ],
    to: recipients.map((recipient) => ({ recipient, as: 'notice' as const })),
  });
}

/** 复核决定书: what stands after a review that issued no new decision. */
export function reviewLetter(
  tolerance: Tolerance,
  review: { readonly outcome: 'upheld' | 'changed'; readonly reasons: string },
  slot: string,
  context: Context,
): IssuedLetter {
  const recipients = officialAndUnit(tolerance, context);
  const number = decisionLetters(tolerance).at(-1)?.number;
  const about = number === undefined ? '不予受理的决定' : `${number}容错处理决定书`;
  return letter(tolerance, context, {
    slot,
    type: 'tolerance-review',
    number: context.numberOf(slot),
    addressees: recipients.map((one) => one.name),
    body: [
      paragraph(review.outcome === 'upheld' ? `经复核，维持${about}。` : '经复核，原不予受理的申请现予受理。'),
      paragraph(`理由：${review.reasons}`),
    ],
    to: recipients.map((recipient) => ({ recipient, as: 'addressee' as const })),
  });
}

/** Whoever applied hears why the application was not accepted, and what can be done about it. */
export function declinedLetter(tolerance: Tolerance, reason: string, context: Context): IssuedLetter {
  const recipients = officialAndUnit(tolerance, context);
  return letter(tolerance, context, {
    type: 'tolerance-declined',
    addressees: recipients.map((one) => one.name),
    body: [
      paragraph(`关于${tolerance.details.accountability.reference}的容错申请，不予受理。`),
      paragraph(`理由：${reason}`),
      paragraph(reviewWays(context.policy.settings['tolerance.reviewWithin'].value)),
    ],
    to: recipients.map((recipient) => ({ recipient, as: 'addressee' as const })),
  });
}

/** The deliveries of the decision in force, each with what its own file says of the signing. */
const deliveriesNow = (tolerance: Tolerance, { file }: Pick<Context, 'file'>) =>
  (decisionLetters(tolerance).at(-1)?.deliveries ?? []).map((planned) => {
    const now = foldDelivery(file({ kind: 'delivery', id: planned.id }));
    const at = now?.acknowledgedAt ?? null;
    return { planned, signedOn: at === null ? undefined : (now?.acknowledgement?.onPaper?.on ?? chinaDate(at)) };
  });

/** Those of them that nobody has signed for. */
export const unsigned = (tolerance: Tolerance, context: Pick<Context, 'file'>): PlannedDelivery[] =>
  deliveriesNow(tolerance, context)
    .filter(({ signedOn }) => signedOn === undefined)
    .map(({ planned }) => planned);

/** The day on which the last of them was signed for, on paper or here; undefined while somebody has not signed. */
export function servedOn(tolerance: Tolerance, context: Pick<Context, 'file'>): CivilDate | undefined {
  const days = deliveriesNow(tolerance, context).map(({ signedOn }) => signedOn);
  return days.every((day) => day !== undefined) ? days.toSorted().at(-1) : undefined;
}

/** The files that say who has signed for the decision in force. */
export const signatureFiles = (tolerance: Tolerance) =>
  (decisionLetters(tolerance).at(-1)?.deliveries ?? []).map(({ id }) => ({ kind: 'delivery', id }));

const owedActs: Readonly<Record<string, string>> = {
  acceptance: '决定是否受理',
  investigation: '完成核查并提出处理意见',
  decision: '作出决定',
  service: '签收',
  correction: '完成纠错并报告',
};

/** Whom a notice about a deadline concerns: who signs, who corrects, or the organ that has to act. */
function owing(tolerance: Tolerance, name: string | undefined, context: Context): Recipient[] {
  if (name === 'service')
    return unsigned(tolerance, context).map((one) => asRecipient(one.recipient, context.directory));
  return name === undefined || name.startsWith('correction-')
    ? officialAndUnit(tolerance, context)
    : [organOf(tolerance, context)];
}

/** The deadline that an urging means, which names none: a correction where one runs, else whatever does. */
function pressing({ deadlines }: Tolerance): string | undefined {
  const running = deadlines.filter(isOpen).map(({ name }) => name);
  return running.find((name) => name.startsWith('correction-')) ?? running[0];
}

/** Chasers and notices. They name the document and no findings. */
export function toleranceNotice(
  tolerance: Tolerance,
  { what, slot, deadline, message }: NoticeOccasion,
  context: Context,
): IssuedLetter | undefined {
  const regarding = decisionLetters(tolerance).at(-1)?.number;
  const about = regarding === undefined ? '容错申请' : `${regarding}容错处理决定书`;
  const owed = owedActs[deadline?.name.replace(/-\d+$/, '') ?? ''] ?? '办理';
  const when = deadline === undefined ? '' : byWhen(deadline);
  const today = formatChinese(context.today);
  const texts: Record<NoticeOccasion['what'], string> = {
    chaser: `关于${about}，应于${when}${owed}，截至${today}尚未完成。请抓紧办理。`,
    urging: `请抓紧办理${about}所列事项。`,
    'overdue-notice': `关于${about}，应于${when}${owed}，截至${today}尚未完成，已逾期。`,
    'recount-notice': `因工作日安排调整，${about}所涉${owed}的时限现为${when}。`,
    'extension-answer': `关于${about}所涉${owed}的延期申请，答复如下。`,
  };
  const organ = organOf(tolerance, context);
  const bound = owing(tolerance, deadline?.name ?? pressing(tolerance), context);
  // All have signed, and the matter has not heard of the last one yet.
  if (bound.length === 0) return undefined;
  const recipients = {
    chaser: bound,
    urging: bound,
    // Where the organ itself is late it has just been chased: it need not be told twice.
    'overdue-notice': bound.some((one) => one.kind === 'unit' && one.id === organ.id) ? [] : [organ],
    'recount-notice': bound,
    'extension-answer': bound,
  }[what];
  if (recipients.length === 0) return undefined;
  return letter(tolerance, context, {
    slot,
    type: what,
    regarding,
    addressees: recipients.map((one) => one.name),
    body: [
      paragraph(texts[what]),
      ...(message === undefined ? [] : [paragraph(message)]),
      ...(what === 'extension-answer' ? [paragraph(`时限为${when}。`)] : []),
    ],
    to: recipients.map((recipient) => ({ recipient, as: 'notice' as const })),
  });
}
