import { noticeWords } from '@dandang/casework/common-words.ts';
import { type EnglishOf, measureWords } from '@dandang/casework/measure-words.ts';
import type { RiskFilingEvent } from './events.ts';
import { typeNames } from './letters.ts';
import { riskFiling, riskFilingDeadlines, type RiskFilingCommand } from './risk-filing.ts';
import type { RiskFilingState } from './risk-filing-matter.ts';

const english: EnglishOf<
  RiskFilingState,
  RiskFilingCommand,
  RiskFilingEvent['type'],
  keyof typeof riskFilingDeadlines,
  keyof typeof typeNames
> = {
  title: 'Risk filing',
  about: {
    zh: '前瞻性决策实施前，将不确定性、风险评估和防控措施报备；可以作为日后容错的依据，不当然免除责任。',
    en: 'What is uncertain in a forward-looking decision is put on file before acting: evidence in a later tolerance, never immunity.',
  },
  opening: 'File a risk',
  states: {
    filed: 'Filed',
    returned: 'Returned for completion',
    active: 'Active',
    declined: 'Declined',
    concluded: 'Concluded',
    revoked: 'Revoked',
    expired: 'Expired',
    withdrawn: 'Withdrawn',
  },
  commands: {
    accept: 'Accept',
    return: 'Return for completion',
    resubmit: 'Resubmit',
    decline: 'Decline',
    supervise: 'Record supervision',
    conclude: 'Report the result',
    revoke: 'Revoke',
  },
  events: {
    RiskFiled: { zh: '报备', en: 'Risk filed' },
    FilingAccepted: { zh: '同意备案', en: 'Filing accepted' },
    FilingReturned: { zh: '退回补正', en: 'Filing returned' },
    FilingResubmitted: { zh: '补正后重报', en: 'Filing resubmitted' },
    FilingDeclined: { zh: '不予受理', en: 'Filing declined' },
    VentureSupervised: { zh: '记录监督情况', en: 'Supervision recorded' },
    VentureConcluded: { zh: '报告办理结果', en: 'Result reported' },
    FilingRevoked: { zh: '撤销备案', en: 'Filing revoked' },
    FilingExpired: { zh: '备案有效期届满', en: 'Filing expired' },
  },
  deadlines: { validity: 'Validity' },
  documents: {
    ...noticeWords,
    'filing-accepted': 'Notice of acceptance',
    'filing-declined': 'Notice that the filing is declined',
    'filing-revoked': 'Notice of revocation',
  },
  tones: {
    accept: 'primary',
    return: 'normal',
    resubmit: 'primary',
    decline: 'danger',
    supervise: 'normal',
    conclude: 'primary',
    revoke: 'danger',
  },
  consequences: {
    accept: { zh: '同意备案通知发给报备方。', en: 'Whoever filed gets the notice.' },
    decline: { zh: '不予受理通知发给报备方，不能恢复。', en: 'Whoever filed gets the notice; it does not come back.' },
    conclude: { zh: '报告后备案终结。', en: 'The filing is concluded.' },
    revoke: {
      zh: '撤销备案通知发给报备方；此后不得作为容错的依据。',
      en: 'Whoever filed gets the notice; it is no evidence in a tolerance any more.',
    },
  },
  diagram: {
    filed: { accept: ['active'], return: ['returned'], decline: ['declined'], withdraw: ['withdrawn'] },
    returned: { resubmit: ['filed'], withdraw: ['withdrawn'] },
    active: { conclude: ['concluded'], revoke: ['revoked'], otherwise: ['expired'] },
    concluded: { revoke: ['revoked'] },
    expired: { revoke: ['revoked'] },
  },
};

export const riskFilingWords = measureWords(
  riskFiling,
  { deadlines: riskFilingDeadlines, documents: typeNames },
  english,
);
