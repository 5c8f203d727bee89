import type { Caller } from '@dandang/access/caller.ts';
import type { AttachmentFacts } from '@dandang/casework/attachment.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import type { Unit } from '@dandang/casework/directory.ts';
import { riskFiling } from '@dandang/measures/risk-filing/risk-filing.ts';
import { yichang } from '@dandang/policy/cities/yichang.ts';
import { applySettings } from '@dandang/policy/policy.ts';
import type { SettingChanges } from '@dandang/policy/settings.ts';
import { everybodyThere, interviewSettings, interviewTown } from './interview-town.ts';
import { beginning, given, type Story, type World } from './story.ts';
import { disciplineOfficer, housingDirector, housingLiaison } from './town.ts';

/**
 * The town of the interviews with the people, units and settings that risk filings, tolerance, clarifications and rewards
 * need beside: whoever is not here is in `town.ts` or `interview-town.ts`.
 */

const person = (id: string, unit: string, ...roles: Caller['roles'][number][]): Caller => ({
  id,
  name: `${id}（演示）`,
  unit,
  roles,
});
export const disciplineOfficer2 = person('discipline-officer-2', 'discipline', 'discipline');
export const disciplineHead = person('discipline-head', 'discipline', 'discipline', 'decider');
/** Other deciders of the same organ, who took part in nothing yet. */
export const disciplineHead2 = person('discipline-head-2', 'discipline', 'discipline', 'decider');
export const disciplineHead3 = person('discipline-head-3', 'discipline', 'discipline', 'decider');
export const auditOfficer = person('audit-officer', 'audit', 'audit');
export const commerceLiaison = person('commerce-liaison', 'commerce', 'unit');
export const commerceDirector = person('commerce-director', 'commerce', 'official');
export const transportLiaison = person('transport-liaison', 'transport', 'unit');
export const transportDirector = person('transport-director', 'transport', 'official');

const newcomers = [
  disciplineOfficer2,
  disciplineHead,
  disciplineHead2,
  disciplineHead3,
  auditOfficer,
  commerceLiaison,
  commerceDirector,
  transportLiaison,
  transportDirector,
];
/** Everybody who can sign in, in all three towns. */
export const townspeople: readonly Caller[] = [...everybodyThere, ...newcomers];

const unit = (id: string, name: string): Unit => ({ id, name, mail: `office@${id}.example` });

/** The edition that new matters are opened under. */

export const toleranceSettings: SettingChanges = {
  'riskFiling.receiver': 'discipline',
  'tolerance.series': '演容',
  'tolerance.excusesInterviews': 'exempt',
  'clarification.series': '演澄',
  'reward.series': '演奖',
  'reward.noticeWorkingDays': 5,
};

/** A commit that opens reward projects by their names; their ids are `project-1` and so on. */
export const registering = (names: readonly string[], change: Readonly<Record<string, unknown>> = {}): Commit => ({
  matter: 'reward-project/register',
  version: 1,
  at: beginning,
  by: { id: 'organization-officer', name: '匿名', unit: 'organization', roles: ['organization'] },
  command: 'open',
  request: { id: '', body: '' },
  events: names.map((name, index) => ({
    type: 'RewardProjectOpened',
    data: { id: `project-${index + 1}`, name, reference: '立项通知', frontline: true, from: '2026-01-01', ...change },
  })),
  previousHash: '',
});

/** The town under settings that differ from the demonstration's: `null` takes one back to unset. */
export const toleranceTownWith = (settings: SettingChanges): World => ({
  ...interviewTown,
  files: {
    ...interviewTown.files,
    'reward-project/register': [registering(['防汛抗洪抢险'])],
  },
  policy: applySettings(yichang, [interviewSettings, toleranceSettings, settings]),
  units: [...interviewTown.units, unit('audit', '市审计局（演示）'), unit('transport', '市交通运输局（演示）')],
  officials: [
    ...interviewTown.officials,
    ...newcomers.map(({ id, name, unit: of, roles }) => ({
      id,
      name,
      unit: of,
      mail: `${id}@${of}.example`,
      roles: [...roles],
    })),
  ],
});
export const toleranceTown: World = toleranceTownWith({});

const sha256 = 'a'.repeat(64);
/** An attachment that has arrived as it was announced: `within({ attachments: [uploaded('scan', housingLiaison)] })`. */
export const uploaded = (id: string, by: Caller, change: Partial<AttachmentFacts> = {}): AttachmentFacts => ({
  id,
  filename: `${id}.pdf`,
  contentType: 'application/pdf',
  size: 3,
  sha256,
  by: by.id,
  usedBy: [],
  arrived: { size: 3, sha256 },
  ...change,
});

/** What a filing says unless a story says otherwise. */
export const filing = {
  unit: 'housing',
  decision: '先行启动老旧小区改造，手续并联办理。',
  uncertainty: '并联办理的政策依据不明确。',
  assessment: '如政策收紧，须补办手续，工期延误约两个月。',
  safeguards: '全程留痕，每周报告，资金专户管理。',
};

type Change = Readonly<Record<string, unknown>>;

/** Filed by the unit on the Monday on which stories begin. */
export const filed = (world: World = toleranceTown, change: Change = {}, by: Caller = housingLiaison): Story =>
  given(riskFiling, world).opened(by, { ...filing, ...change });
/** Filed by the official for itself. */
export const filedAlone = (world?: World, change: Change = {}): Story =>
  filed(world, { official: housingDirector.id, ...change }, housingDirector);
/** On file, without a last day unless one is named. */
export const active = (story: Story = filed(), validUntil?: string): Story =>
  story.and('accept', disciplineOfficer, validUntil === undefined ? {} : { validUntil });
