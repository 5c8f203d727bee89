import type { Caller } from '@dandang/access/caller.ts';
import type { CivilDate, Instant } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { tolerance } from '@dandang/measures/tolerance/tolerance.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import { at, given, type Story, type World } from './story.ts';
import { yichang } from '@dandang/policy/cities/yichang.ts';
import { disciplineHead, disciplineOfficer2, toleranceTown } from './tolerance-town.ts';
import { disciplineOfficer, housingDirector, housingLiaison } from './town.ts';

/** Stories about tolerance, in its town: the housing director applies to the discipline organ, and all on one Monday. */

/** What an application says unless a story says otherwise. */
export const application = {
  initiator: 'official',
  official: 'housing-director',
  unit: 'housing',
  organ: 'discipline',
  accountability: {
    reference: '老旧小区改造先行开工一事',
    fact: '未取得施工许可即先行启动，被责令停工。',
    proposedHandling: '拟予警告',
  },
  circumstances: ['risk-decision'],
  statement: '为赶在雨季前完工，经集体研究后先行启动。',
};

/** The words of those who judge, none of which may leave the file. */
export const notes = { finding: '研判认定甲', evidence: '核查证据乙', proposal: '核查组意见丙', heard: '当面陈述丁' };

/** The sheet with every factor of a policy. */
export const factorsOf = ({ tolerance: { factors } }: Policy) =>
  Object.fromEntries(factors.map(({ id }) => [id, { finding: notes.finding, evidence: notes.evidence }]));
export const investigators = ['discipline-officer', 'discipline-officer-2'];
export const sheet = { factors: factorsOf(yichang), circumstances: ['risk-decision'] };
export const hearing = { statement: notes.heard };
export const proposal = { outcome: 'exempt', reasons: notes.proposal };
export const reason = { reason: '理由不充分。' };

const fiveWorkingDays = { amount: 5, unit: 'working-day' };
export const permit = { requirement: '补办施工许可。', within: fiveWorkingDays };
export const retrofit = { requirement: '完善内部审批流程。', within: { amount: 1, unit: 'month' } };
export const nothingToCorrect = { correction: undefined, noCorrection: { reason: '许可已经补办，无须纠错。' } };

/** 免责, with one correction. */
export const exempting = {
  outcome: 'exempt',
  reasons: '出于公心，程序基本完备，未造成损失。',
  meeting: { body: '市纪委常委会', on: '2026-03-02' },
  correction: [permit],
};
/** 减责 with a warning, which weighs for six months by law. */
export const mitigating = { ...exempting, outcome: 'mitigate', handling: 'warning', reasons: '有过失，主动纠正。' };
/** 不予容错, with nothing to correct. */
export const refusing = {
  outcome: 'none',
  reasons: '明知故犯，不符合容错情形。',
  meeting: { body: '市纪委常委会', on: '2026-03-02' },
};

export const grounds = { grounds: '事实认定有误。' };
export const maintained = { outcome: 'maintained', reasons: '原决定并无不当。' };
export const revoked = { outcome: 'revoked', reasons: '应当受理。' };
export const changed = (decision?: Change) => ({ outcome: 'changed', reasons: '原决定过重。', decision });

export type Change = Readonly<Record<string, unknown>>;

export const whenApplied = (world: World = toleranceTown, change: Change = {}, by: Caller = housingDirector) =>
  given(tolerance, world).whenOpened(by, { ...application, ...change });
export const applied = (world?: World, change?: Change, by?: Caller): Story => whenApplied(world, change, by).story;
/** The same on another day. */
export const appliedOn = (day: CivilDate, world: World = toleranceTown): Story =>
  given(tolerance, world, at(day)).opened(housingDirector, application);
export const accepted = (world?: World, change?: Change): Story =>
  applied(world, change).and('accept', disciplineOfficer);
export const investigating = (world?: World, change?: Change): Story =>
  accepted(world, change).and('investigate', disciplineOfficer, { investigators });
/** The second investigator acts nowhere but in proposing. */
export const assessed = (world?: World, change?: Change, found: readonly string[] = sheet.circumstances): Story => {
  const story = investigating(world, change);
  return story.and('assess', disciplineOfficer, { factors: factorsOf(story.world.policy), circumstances: found });
};
export const heard = (world?: World, change?: Change, found?: readonly string[]): Story =>
  assessed(world, change, found).and('hear', housingDirector, hearing);
export const proposed = (world?: World, change?: Change, found?: readonly string[]): Story =>
  heard(world, change, found).and('propose', disciplineOfficer2, proposal);
/** Decided as a decision says: `correcting` where it orders a correction. */
export const decidedAs = (decision: Change, world?: World, change?: Change): Story =>
  proposed(world, change).and('decide', disciplineHead, decision);
/** 免责, with nothing to correct. */
export const decided = (world?: World): Story => decidedAs({ ...exempting, ...nothingToCorrect }, world);
export const correcting = (world?: World): Story => decidedAs(exempting, world);
export const corrected = (world?: World): Story =>
  correcting(world).and('file-correction', housingLiaison, { report: '许可证已取得。' });
export const closed = (world?: World): Story => corrected(world).and('accept-correction', disciplineOfficer);
export const declined = (world?: World): Story => applied(world).and('decline', disciplineOfficer, reason);

/** The deliveries of the decision in force. */
export const copiesOf = (story: Story) =>
  story.open.matter.letters.findLast((one) => one.type === 'tolerance-decision')?.deliveries ?? [];

/** A delivery's file, as sending and signing write it. */
interface Signing {
  readonly at: Instant;
  /** The day on the paper, where it was signed there and recorded at `at`. */
  readonly onPaper?: string;
}
const deliveryFile = (planned: ReturnType<typeof copiesOf>[number], { at, onPaper }: Signing): readonly Commit[] =>
  [
    {
      type: 'DeliveryQueued',
      data: {
        ...planned,
        documentType: 'tolerance-decision',
        typeName: '容错处理决定书',
        issuer: '',
        handledBy: '',
        attachLetter: false,
      },
    },
    {
      type: 'DeliveryAcknowledged',
      data: onPaper === undefined ? {} : { onPaper: { signedBy: '收发室', on: onPaper } },
    },
  ].map((event, index) => ({
    matter: `delivery/${planned.id}`,
    version: index + 1,
    at,
    by: { id: planned.recipient.id, name: planned.recipient.name, unit: '', roles: [] },
    command: index === 0 ? 'queue' : 'acknowledge',
    request: { id: `${index}`, body: '' },
    events: [event],
    previousHash: '',
  }));

/** The story once these have signed for the decision in force, before the matter has heard of it. */
export const signed = (story: Story, ...recipients: readonly string[]): Story =>
  signedAs(story, { at: story.now }, ...recipients);

export const signedAs = (story: Story, signing: Signing, ...recipients: readonly string[]): Story =>
  story.within({
    files: {
      ...story.world.files,
      ...Object.fromEntries(
        copiesOf(story)
          .filter(({ recipient }) => recipients.includes(recipient.id))
          .map((one) => [`delivery/${one.id}`, deliveryFile(one, signing)]),
      ),
    },
  });

/** The five who get a decision of the discipline organ in Yichang, the official first: the organ sends itself none. */
export const five = ['housing-director', 'housing', 'organization', 'inspection', 'audit'];
