import { wording } from '@dandang/casework/wording.ts';

/** What the letters of a risk filing say, beside what people typed. */
export const riskFilingWording = wording('risk-filing', {
  'filing-accepted': {
    title: '同意备案通知',
    body: '{who}{date}报备的下列事项收悉。{basis}经研究，同意备案：',
    validity: '备案有效期至{date}（含当日）。',
    caution: '同意备案不当然免除责任。',
  },
  'filing-declined': {
    title: '事前报备不予受理通知',
    body: '{who}{date}报备的下列事项收悉。{basis}经研究，不予受理：',
    reason: '不予受理的理由如下：',
  },
  'filing-revoked': {
    title: '撤销备案通知',
    body: '{basis}经研究，决定撤销{who}{date}报备的下列事项的备案：',
    reason: '撤销的原因如下：',
  },
});
