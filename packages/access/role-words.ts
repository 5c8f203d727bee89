import type { Role } from './caller.ts';

/** What the roles of tokens are called. */
export const roleWords: Readonly<Record<Role, { readonly zh: string; readonly en: string }>> = {
  supervision: { zh: '督查', en: 'Supervision' },
  'party-committee-office': { zh: '党委办公室', en: 'Party committee office' },
  leader: { zh: '领导', en: 'Leader' },
  'principal-leader': { zh: '主要领导', en: 'Principal leader' },
  approver: { zh: '审批', en: 'Approver' },
  discipline: { zh: '纪检监察', en: 'Discipline' },
  organization: { zh: '组织', en: 'Organization' },
  inspection: { zh: '巡察', en: 'Inspection' },
  audit: { zh: '审计', en: 'Audit' },
  decider: { zh: '集体研究决定', en: 'Decider' },
  unit: { zh: '单位联络员', en: 'Liaison of a unit' },
  'unit-head': { zh: '单位负责人（审签）', en: 'Head of a unit' },
  official: { zh: '干部', en: 'Official' },
  admin: { zh: '管理员', en: 'Administrator' },
};
