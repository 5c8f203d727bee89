import type { OfficialEntry, UnitEntry } from '@dandang/casework/directory.ts';
import type { Project } from '@dandang/measures/reward/project-register.ts';
import type { SettingChanges } from '@dandang/policy/settings.ts';

/** Invented units and people, every name marked 演示. No mail of theirs leaves this machine. */
const mail = (id: string): string => `${id}@dandang.example`;

const unitNames: Readonly<Record<string, string>> = {
  'supervision-office': '市委督查室',
  'gov-supervision-office': '市政府政务督查室',
  'party-committee-office': '市委办公室',
  'city-leaders': '市领导',
  discipline: '市纪委监委机关',
  organization: '市委组织部',
  inspection: '市委巡察办',
  audit: '市审计局',
  housing: '市住房和城乡建设局',
  ecology: '市生态环境局',
  commerce: '市商务局',
  transport: '市交通运输局',
};

/** Whom letters name to be asked; the number is nobody's. */
const contacts: Readonly<Record<string, string>> = {
  'supervision-office': '周勤（演示）',
  'gov-supervision-office': '郑督（演示）',
  'party-committee-office': '王筹（演示）',
  discipline: '冯正（演示）',
  organization: '卫录（演示）',
};
const contactOf = (id: string): Pick<UnitEntry, 'contact'> => {
  const name = contacts[id];
  return name === undefined ? {} : { contact: { name, phone: '0000-0000000' } };
};

export const demonstrationUnits: Readonly<Record<string, UnitEntry>> = Object.fromEntries(
  Object.entries(unitNames).map(([id, name]) => [id, { name, mail: mail(id), ...contactOf(id) }]),
);

const person = (
  id: string,
  unit: string,
  name: string,
  position: string,
  roles: string[],
  inChargeOf?: string[],
): [string, OfficialEntry] => [
  id,
  {
    name: `${name}（演示）`,
    unit,
    position,
    mail: mail(id),
    roles,
    ...(inChargeOf === undefined ? {} : { inChargeOf }),
  },
];

export const demonstrationOfficials: Readonly<Record<string, OfficialEntry>> = Object.fromEntries([
  person('clerk', 'supervision-office', '周勤', '督查专员', ['supervision']),
  person('clerk-2', 'supervision-office', '吴实', '督查专员', ['supervision']),
  person('gov-clerk', 'gov-supervision-office', '郑督', '政务督查专员', ['supervision']),
  person('committee-officer', 'party-committee-office', '王筹', '市委办公室科长', ['party-committee-office']),
  person('principal-leader', 'city-leaders', '赵主', '市委主要领导', ['leader', 'principal-leader', 'approver']),
  person('deputy-leader', 'city-leaders', '钱管', '分管市领导', ['leader', 'approver'], ['housing', 'ecology']),
  person('deputy-leader-2', 'city-leaders', '孙协', '分管市领导', ['leader', 'approver'], ['commerce', 'transport']),
  person('discipline-officer', 'discipline', '冯正', '市纪委监委机关干部', ['discipline']),
  person('discipline-officer-2', 'discipline', '陈明', '市纪委监委机关干部', ['discipline']),
  person('discipline-head', 'discipline', '褚决', '市纪委监委机关负责人', ['discipline', 'decider']),
  person('discipline-head-2', 'discipline', '魏裁', '市纪委监委机关负责人', ['discipline', 'decider']),
  person('organization-officer', 'organization', '卫录', '市委组织部干部', ['organization']),
  person('organization-head', 'organization', '蒋选', '市委组织部负责人', ['organization', 'decider']),
  person('organization-head-2', 'organization', '陶议', '市委组织部负责人', ['organization', 'decider']),
  person('inspection-officer', 'inspection', '沈巡', '市委巡察办干部', ['inspection']),
  person('audit-officer', 'audit', '韩计', '市审计局干部', ['audit']),
  person('housing-liaison', 'housing', '杨联', '市住房和城乡建设局联络员', ['unit']),
  person('housing-head', 'housing', '潘签', '市住房和城乡建设局党组书记', ['unit-head']),
  person('housing-director', 'housing', '朱建', '市住房和城乡建设局局长', ['official']),
  person('housing-deputy', 'housing', '秦筑', '市住房和城乡建设局副局长', ['official']),
  person('ecology-liaison', 'ecology', '尤联', '市生态环境局联络员', ['unit']),
  person('ecology-director', 'ecology', '许绿', '市生态环境局局长', ['official']),
  person('commerce-liaison', 'commerce', '何联', '市商务局联络员', ['unit']),
  person('transport-liaison', 'transport', '吕联', '市交通运输局联络员', ['unit']),
  person('commerce-director', 'commerce', '施商', '市商务局局长', ['official']),
  person('transport-director', 'transport', '张路', '市交通运输局局长', ['official']),
]);

/** What the demonstration sets; a real office sets its own. */
export const demonstrationSettings: SettingChanges = {
  'reminder.series': '演督函',
  'interview.series': '演约',
  'interview.windowBasis': 'rolling',
  'interview.counts': 'persons',
  'interview.reviewOffice': 'supervision-office',
  'riskFiling.receiver': 'discipline',
  'tolerance.series': '演容',
  'tolerance.organs': ['discipline', 'organization'],
  'tolerance.excusesInterviews': 'exempt',
  'clarification.series': '演澄',
  'reward.series': '演奖',
  'letter.marking': '演示',
};

/** The reward projects that are open from the first day on. */
export const demonstrationProjects: readonly Omit<Project, 'from'>[] = [
  { id: 'flood-relief', name: '防汛抢险', reference: '（演示）防汛抢险及时奖励项目通知', frontline: true },
  { id: 'city-flood-relief', name: '城区防汛抢险', reference: '（演示）城区防汛抢险及时奖励项目通知', frontline: true },
];
