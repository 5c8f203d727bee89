import type { Form } from '@dandang/casework/form.ts';
import type { rectificationCommands } from './rectification.ts';
import type { reviewCommands } from './review.ts';

/** What the commands of rectification and its review ask for. */
export const rectificationForm: Readonly<
  Record<keyof typeof rectificationCommands | keyof typeof reviewCommands, Form>
> = {
  'file-plan': {
    measures: { zh: '整改措施', en: 'Measures', help: { zh: '至少一项。', en: 'At least one.' } },
    'measures.*.problem': { zh: '存在问题', en: 'Problem' },
    'measures.*.action': { zh: '整改措施', en: 'Action' },
    'measures.*.responsible': { zh: '责任人', en: 'Responsible person' },
    'measures.*.dueOn': { zh: '完成时限', en: 'Due on' },
  },
  'accept-plan': {
    reportEvery: {
      zh: '书面报告进展的间隔',
      en: 'Interval of progress reports',
      help: {
        zh: '不填的按制度设置；均未设置的，不定期报告。',
        en: 'Left out, the setting holds; where that is unset, no report is due by a day.',
      },
    },
  },
  'return-plan': {
    reason: { zh: '退回理由', en: 'Reason for returning it' },
    within: {
      zh: '重新报送的时限',
      en: 'New term',
      help: { zh: '自退回之日起算；不填的，原时限继续。', en: 'From today; left out, the old day stands.' },
    },
  },
  report: {
    text: { zh: '进展情况', en: 'Progress', help: { zh: '发给主约谈人。', en: 'Goes to the lead interviewer.' } },
    progress: { zh: '整改进度（%）', en: 'Progress in per cent', widget: 'percent' },
  },
  'report-measure': {
    measure: {
      from: { matter: 'deadlines', named: 'measure' },
      zh: '整改措施',
      en: 'Measure of the plan',
      help: { zh: '填编号，第一项为 measure-1。', en: 'Its deadline or number: measure-1 or 1 for the first.' },
    },
    done: {
      zh: '是否已经完成',
      en: 'Whether it is done',
      help: { zh: '未完成的只作报告，时限继续。', en: 'Where it is not, this is a report and the day stands.' },
    },
    text: { zh: '落实情况', en: 'What was done' },
  },
  complete: { text: { zh: '整改完成情况', en: 'What was completed' } },
  review: {
    outcome: {
      zh: '复核结果',
      en: 'Outcome',
      choices: {
        passed: { zh: '通过', en: 'Passed' },
        failed: { zh: '未通过', en: 'Failed' },
        unresolved: { zh: '成效仍不明显', en: 'Unresolved' },
      },
      help: {
        zh: '通过的予以销号；未通过的继续整改；成效仍不明显的到此为止。整改方案、措施、报告或者完成时限逾期的，只能认定成效仍不明显。',
        en: 'Passed closes it; failed sends it back to rectification; unresolved ends it. Before completion is reported only unresolved can be found, once something is overdue.',
      },
    },
    opinion: {
      zh: '复核意见',
      en: 'Opinion of the review',
      help: { zh: '写入复核意见。', en: 'Printed in the letter.' },
    },
    requirements: {
      zh: '继续整改的要求',
      en: 'What is still required',
      when: { field: 'outcome', is: ['failed'] },
      help: { zh: '逐条填写，写入复核意见。', en: 'One by one; printed in the letter.' },
    },
    within: {
      zh: '完成时限',
      en: 'Term for the completion',
      when: { field: 'outcome', is: ['failed'] },
      help: { zh: '自复核之日起算。', en: 'From the day of the review.' },
    },
    together: {
      zh: '会同复核的单位',
      en: 'Units that review together with the office',
      widget: 'units',
      help: {
        zh: '制度规定会同有关部门复核的必须填写。',
        en: 'Needed where the city’s procedure has other departments review, too.',
      },
    },
  },
};
