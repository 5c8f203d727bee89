import type { Caller } from '@dandang/access/caller.ts';
import { chinaDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import type { Unit } from '@dandang/casework/directory.ts';
import { interview } from '@dandang/measures/interview/interview.ts';
import { yichang } from '@dandang/policy/cities/yichang.ts';
import { applySettings } from '@dandang/policy/policy.ts';
import type { SettingChanges } from '@dandang/policy/settings.ts';
import { at, beginning, given, type Story, type World } from './story.ts';
import * as people from './town.ts';

/** The town of the stories with the people, roles and settings that interviews need. */

const { town, clerk, principal, disciplineOfficer, housingLiaison } = people;

const person = (id: string, unit: string, ...roles: Caller['roles'][number][]): Caller => ({
  id,
  name: `${id}（演示）`,
  unit,
  roles,
});
export const committeeOfficer = person('committee-officer', 'party-committee-office', 'party-committee-office');
export const organizationOfficer = person('organization-officer', 'organization', 'organization');
export const organizationHead = person('organization-head', 'organization', 'organization', 'decider');
export const inspectionOfficer = person('inspection-officer', 'inspection', 'inspection');
export const housingDeputy = person('housing-deputy', 'housing', 'official');
/** A disciplinary officer who is interviewed: a subject with the role of an organ. */
export const disciplineSubject = person('discipline-subject', 'discipline', 'discipline');

const newcomers = [
  committeeOfficer,
  organizationOfficer,
  organizationHead,
  inspectionOfficer,
  housingDeputy,
  disciplineSubject,
];
export const everybodyThere: readonly Caller[] = [...people.everybody, ...newcomers];

const unit = (id: string, name: string): Unit => ({ id, name, mail: `office@${id}.example` });
const rolesOf = (id: string): string[] => [...(everybodyThere.find((one) => one.id === id)?.roles ?? [])];

export const interviewSettings: SettingChanges = {
  'interview.series': '演约',
  'interview.windowBasis': 'rolling',
  'interview.counts': 'persons',
  'interview.reviewOffice': 'supervision-office',
  'reminder.replyWithin': { amount: 5, unit: 'working-day' },
  'reminder.series': '演督提',
};

/** The town under settings that differ from the demonstration's: `null` takes one back to unset. */
export const interviewTownWith = (settings: SettingChanges): World => ({
  ...town,
  policy: applySettings(yichang, [interviewSettings, settings]),
  units: [
    ...town.units,
    unit('party-committee-office', '市委办公室（演示）'),
    unit('organization', '市委组织部（演示）'),
    unit('inspection', '市委巡察办（演示）'),
  ],
  officials: [
    ...town.officials,
    ...newcomers.map(({ id, name, unit: of }) => ({ id, name, unit: of, mail: `${id}@${of}.example` })),
  ].map((one) => ({ ...one, roles: rolesOf(one.id) })),
});
export const interviewTown: World = interviewTownWith({});

/** What an application says unless a story says otherwise. */
export const application = {
  subjects: [{ official: 'housing-director', responsibility: 'principal' }],
  circumstance: 'key-work-delayed',
  grounds: '老旧小区改造进度滞后。',
};

/** The hour of the interview: a Thursday, three days after stories begin. */
export const theHour: Instant = at('2026-03-05', '15:00');
export const participants = ['discipline-officer', 'organization-officer'];
export const plan = {
  at: theHour,
  place: '市委第二会议室',
  lead: 'deputy-leader',
  participants,
  agenda: '听取说明，提出整改要求。',
};
export const record = {
  heldAt: theHour,
  attendees: ['deputy-leader', ...participants, 'housing-director'],
  minutes: '约谈对象作了说明。',
  requirements: ['一周内全面排查。', '逐项限期整改。'],
};
export const measures = [{ problem: '三个项目未开工', action: '重新招标', responsible: '朱建', dueOn: '2026-06-30' }];

type Change = Readonly<Record<string, unknown>>;

export const applied = (world: World = interviewTown, change: Change = {}, by: Caller = clerk): Story =>
  given(interview, world).opened(by, { ...application, ...change });
export const approved = (world?: World, change?: Change): Story =>
  applied(world, change).and('approve', principal, { opinion: '同意约谈。' });
export const planned = (world?: World, change?: Change, planChange: Change = {}): Story =>
  approved(world, change).and('plan', committeeOfficer, { ...plan, ...planChange });
export const concurred = (world?: World, change?: Change, planChange?: Change): Story =>
  planned(world, change, planChange).and('concur', disciplineOfficer).and('concur', organizationOfficer);
export const notified = (world?: World, change?: Change, planChange?: Change): Story =>
  concurred(world, change, planChange).and('notify', committeeOfficer, {}, { now: at('2026-03-02', '16:00') });
/** Held at the hour of its plan and put on file at five on the same day. */
export const held = (world?: World, change?: Change, recordChange: Change = {}): Story =>
  notified(world, change).and('hold', organizationOfficer, { ...record, ...recordChange }, { now: evening });
export const evening: Instant = at('2026-03-05', '17:00');

export const planFiled = (world?: World): Story => held(world).and('file-plan', housingLiaison, { measures });
export const rectifying = (world?: World): Story => planFiled(world).and('accept-plan', clerk);
/** Every measure of the plan is reported as done. */
export const measuresDone = (story: Story): Story =>
  story.and('report-measure', housingLiaison, { measure: 1, done: true, text: '已经完成。' });
export const completed = (world?: World): Story =>
  measuresDone(rectifying(world)).and('complete', housingLiaison, { text: '全部完成。' });
export const closed = (world?: World): Story =>
  completed(world).and('review', clerk, { outcome: 'passed', opinion: '整改到位。' });

interface OnLadder {
  readonly interview: string;
  readonly heldAt: Instant;
  /** It left the count again. */
  readonly left?: boolean;
}

/** A ladder's file as the interviews function writes it. */
export function ladderFile(entries: readonly OnLadder[]): readonly Commit[] {
  const events = entries.flatMap(({ interview: id, heldAt, left = false }) => [
    { type: 'InterviewEntered', data: { interview: id, heldAt, heldOn: chinaDate(heldAt) } },
    ...(left ? [{ type: 'InterviewLeft', data: { interview: id, why: 'annulled' } }] : []),
  ]);
  return events.map((event, index) => ({
    matter: 'ladder/x',
    version: index + 1,
    at: beginning,
    by: { id: 'reaction', name: '联动', unit: '', roles: [] },
    command: 'enter',
    request: { id: `${index}`, body: '' },
    events: [event],
    previousHash: '',
  }));
}

/** The story once its subject's ladder holds these interviews, and it has heard of it. */
export const onLadder = (story: Story, entries: readonly OnLadder[], subject = 'housing-director'): Story =>
  story
    .within({ files: { ...story.world.files, [`ladder/${subject}`]: ladderFile(entries) } })
    .whenReacted('ladder-changed', subject).story;

/** The interview of the stories as it stands on a ladder. */
export const thisOne: OnLadder = { interview: 'm1', heldAt: theHour };
