import { wording } from './wording.ts';

/**
 * What letters of several measures say alike. `{by}` is a day or a term with its 于 or 自 before it (于2026年9月29日前（含当日）),
 * `{day}` the same as a noun, `{basis}` the sentence's beginning 根据《…》， or nothing.
 */
export const commonWording = wording('common', {
  letter: {
    basis: '根据《{instrument}》，',
    contact: '联系人：{name}，联系电话：{phone}',
    /** 《政府督查工作条例》 art. 17; a Party committee's office and a reminder have it by analogy, and the letter says so. */
    objection: '对{letter}有异议的，可以自收到之日起{term}内向{office}书面提出（参照《政府督查工作条例》第十七条）。',
    informed: '特此函告。',
    notified: '特此通知。',
    answered: '此复。',
    reported: '特此报告。',
  },
  'chaser-sheet': {
    title: '催办单',
    overdue: '截至{date}，下列事项已逾期，尚未收到：',
    pressed: '请抓紧办理下列事项：',
    follows: '逾期情况已记录在案。请抓紧办理并报{office}；仍未办理的，由{office}按照有关规定处理。',
  },
  'recount-notice': {
    body: '因国家放假安排公布或者调整，{about}的{term}现为{day}。',
  },
  'extension-answer': {
    granted: '来函收悉。经研究，同意将{about}的{term}延长{days}个工作日，调整为{day}。',
    refused: '来函收悉。经研究，不同意延长{about}的{term}，仍请{by}办理。',
    reason: '理由如下：',
  },
  'extension-letter': {
    body: '经研究，将{about}的{term}延长{days}个工作日，调整为{day}。',
    reason: '延长的原因如下：',
  },
  'dispute-answer': {
    opening: '{who}{date}对{about}提出的异议收悉。经复核，决定予以维持，理由如下：',
  },
});
