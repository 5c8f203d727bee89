import { formatChinese } from '@dandang/calendar/civil-date.ts';
import type { Context } from '@dandang/casework/command.ts';
import type { Counted } from '@dandang/casework/deadline.ts';
import type { IssuedLetter, Recipient } from '@dandang/casework/letter-issue.ts';
import type { Block } from '@dandang/letters/letter.ts';
import { byWhen, heading, paragraph } from '../official-letter.ts';
import { officialRecipient, unitRecipient } from '../recipients.ts';
import type { Decided } from './events.ts';
import { letter, partyOrganisation, reviewWays } from './letters.ts';
import type { Outcome } from './outcome.ts';
import { nameOfWhom, penaltyOf, type Tolerance } from './tolerance-matter.ts';

/* The decision on tolerance as it leaves the house. */

/** The outcomes in the article's words (Yichang, “容错结果如何运用”). */
const outcomeNames: Readonly<Record<Outcome, string>> = { exempt: '免责', mitigate: '减责', none: '不予容错' };

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

function decidedText({ outcome, handling, impact }: Decided, { policy }: Context): string {
  // Whoever is exempted is not handled: what else was written of that (免予处理) is on file and not in the sentence.
  const handled =
    handling === undefined || outcome === 'exempt' ? '' : `，处理为${penaltyOf(handling, policy)?.name ?? handling}`;
  // What the law counts from the sanction runs provisionally from this decision.
  const provisional = impact?.source.kind === 'law' ? '（自本决定作出之日起暂计，以处分决定为准）' : '';
  const until = impact === undefined ? '' : `，影响期至${formatChinese(impact.endsOn)}${provisional}`;
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

/** What a mitigation makes possible depends on (Yichang: 能够深刻反省、积极改正的). */
const confirmation =
  '上述运用以影响期满、纠错要求全部审核销号并经本机关确认改正情况为前提；未经确认的，影响期满后既不作为限制的依据，也不作为提名使用的依据。';

/** The letter of the next decision, told from those of earlier ones. */
export const decisionSlot = ({ details }: Tolerance): string =>
  details.decisions.length === 0 ? 'tolerance-decision' : `tolerance-decision-${details.decisions.length + 1}`;

/**
 * 容错处理决定书: to the official, with a copy for each of the policy's bodies. What it contains follows the decisions of
 * 《国有企业管理人员处分条例》 art. 30 by analogy, since the article prescribes no form: who, facts, reasons, outcome,
 * correction, ways of review.
 */
export function decisionLetter(
  tolerance: Tolerance,
  decision: Decided,
  corrections: readonly OrderedCorrection[],
  context: Context,
): IssuedLetter {
  const { details, unit, subjects } = tolerance;
  const slot = decisionSlot(tolerance);
  const [official] = subjects;
  const name = nameOfWhom(tolerance);
  const position = official?.position ?? '';
  const names = (details.assessment?.circumstances ?? []).flatMap((one) => (one.name === undefined ? [] : [one.name]));
  const bodies = copied(tolerance, context).filter(
    ({ recipient }) => official !== undefined || recipient.id !== unit.id,
  );
  const changed = details.decisions.length > 0;
  const earlier = tolerance.letters.findLast((one) => one.type === 'tolerance-decision')?.number;
  // A group is written to through its unit, which gets it once.
  const addressee =
    official === undefined
      ? unitRecipient(unit.id, unit.name, context.directory)
      : officialRecipient(official.id, name, context.directory);
  return letter(tolerance, context, {
    slot,
    type: 'tolerance-decision',
    layout: 'document',
    number: context.numberOf(slot),
    addressees: [official === undefined ? partyOrganisation(addressee) : name],
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
          : [
              '结果运用',
              ...decision.effects.map(({ text, subject }, index) =>
                paragraph(`${index + 1}. ${subject === undefined ? '' : `（适用于${subject}）`}${text}。`),
              ),
              ...(decision.confirmed === 'needed' ? [paragraph(confirmation)] : []),
            ],
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
