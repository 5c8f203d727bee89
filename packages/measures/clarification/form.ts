import type { Form, MeasureForm } from '@dandang/casework/form.ts';
import type { ClarificationCommand } from './clarification.ts';

const about: Form = {
  official: { zh: '被检举控告的干部', en: 'Official reported', widget: 'official' },
  unit: { zh: '所在单位', en: 'Unit of the official', widget: 'unit' },
};
const content: Form = {
  report: { zh: '检举控告', en: 'Report' },
  'report.reference': {
    zh: '线索编号',
    en: 'Reference of the report',
    help: { zh: '仅供本机关使用，不写入澄清函。', en: 'The organ’s own; it never leaves it.' },
  },
  'report.allegation': {
    zh: '反映的问题',
    en: 'Allegation',
    help: {
      zh: '写入澄清函；不得写明检举控告人或者可以推知其身份的内容。',
      en: 'Printed in the letter; it must not say, or let anybody guess, who reported.',
    },
  },
  finding: { zh: '核查结果', en: 'Finding', help: { zh: '写入澄清函。', en: 'Printed in the letter.' } },
  form: {
    zh: '澄清方式',
    en: 'How it is made known',
    choices: {
      written: { zh: '书面澄清', en: 'In writing' },
      'in-person': { zh: '当面澄清', en: 'In person' },
      meeting: { zh: '会议澄清', en: 'At a meeting' },
      bulletin: { zh: '通报澄清', en: 'In a bulletin' },
    },
    help: { zh: '后三种同时书面澄清。', en: 'The last three are made in writing as well.' },
  },
  copies: { zh: '抄送单位', en: 'Copies to', widget: 'units' },
};

export const clarificationForm: MeasureForm<ClarificationCommand> = {
  open: {
    organ: {
      zh: '承办机关',
      en: 'Handling organ',
      widget: 'unit',
      help: { zh: '您所在的机关。', en: 'Your own unit.' },
    },
    ...about,
    ...content,
  },
  revise: { ...about, ...content },
  return: { reason: { zh: '退回理由', en: 'Reason for returning it' } },
  'name-reviewer': {
    unit: {
      zh: '代为决定的机关',
      en: 'Unit that decides',
      widget: 'unit',
      help: {
        zh: '由该机关的决定人员批准；承办机关新增决定人员的，也可以填该机关自己。',
        en: 'Its deciders approve; the organ itself where somebody has become a decider of it.',
      },
    },
  },
  rescind: {
    reason: {
      zh: '撤销理由',
      en: 'Reason for rescinding it',
      help: {
        zh: '只存入案卷；撤销通知发给澄清函的全部收件方，不写理由。',
        en: 'Kept on file. The notice goes to everybody who got the letter and says no reason.',
      },
    },
  },
};
