import type { Word } from '@dandang/casework/word.ts';
import { directoryWords } from './directory-words.ts';
import { letterFields } from './letter-fields.ts';
import { dryRun, type OperationWords } from './operation-words.ts';
import { settingFields } from './setting-fields.ts';

/* What the OpenAPI document says of the operations that belong to no measure; their Chinese summaries are in their sheets. */

/** The areas of the contract beside the measures. */
export const areas = {
  service: { zh: '服务状况和接口文档', en: 'The service itself' },
  policy: { zh: '制度、设置和工作日历', en: 'Policy, settings and the calendar of working days' },
  directory: { zh: '通讯录和委托', en: 'Directory and stand-ins' },
  worklist: { zh: '待办和时限', en: 'To-dos and deadlines' },
  deliveries: { zh: '送达和签收', en: 'Deliveries' },
  attachments: { zh: '附件', en: 'Attachments' },
  letters: { zh: '文书草稿', en: 'Drafts of letters' },
  records: { zh: '干部和单位的档案', en: 'Records of officials and units' },
} as const satisfies Readonly<Record<string, Word>>;

/** By method and path, as a route declares them. */
export const contractWords: Readonly<Record<string, OperationWords>> = {
  'GET /api/health': { id: 'health', tag: 'service', en: 'How the service is; needs no token.' },
  'GET /api/openapi.json': { id: 'openapi', tag: 'service', en: 'This document; needs no token.' },
  'GET /api/measures': {
    id: 'measuresList',
    tag: 'service',
    en: 'What every measure is called and asks for: states, commands with their forms, deadlines, documents and events.',
  },
  'GET /api/policy': { id: 'policyGet', tag: 'policy', en: 'The policy in force, with the source of every value.' },
  'GET /api/policy/wording': {
    id: 'policyWordingGet',
    tag: 'policy',
    en: 'What letters say, part by part, and what the deployment says instead.',
  },
  'PUT /api/policy/settings': {
    id: 'policySettingsChange',
    tag: 'policy',
    en: 'Changes settings, by the administrator. Null takes one back to what the policy itself says.',
    fields: settingFields,
  },
  'GET /api/calendar/{year}': { id: 'calendarGet', tag: 'policy', en: 'The working days of a year.' },
  'POST /api/calendar/import': {
    id: 'calendarImport',
    tag: 'policy',
    en: 'Takes over a holiday notice of the State Council, by the administrator; a dry run first.',
    fields: {
      text: { zh: '通知全文或者放假安排表', en: 'Text or table of the notice' },
      docNo: { zh: '通知文号', en: 'Number of the notice' },
      date: { zh: '发文日期', en: 'Date of the notice' },
      url: { zh: '通知网址', en: 'Address of the notice' },
      year: {
        zh: '年份',
        en: 'Year',
        help: { zh: '通知没有写明的必须填写。', en: 'Needed where the notice does not say it.' },
      },
      exception: {
        zh: '多于法定天数的放假',
        en: 'Days off beyond the law',
        help: {
          zh: '放假天数多于法定节假日且没有以调休补足的，须说明。',
          en: 'Needed where there are more days off than the law gives and nothing makes up for them.',
        },
      },
      'exception.days': { zh: '多出的天数', en: 'How many' },
      'exception.reason': { zh: '原因', en: 'Reason' },
      ...dryRun,
    },
  },
  ...directoryWords,
  'GET /api/me': {
    id: 'me',
    tag: 'worklist',
    en: 'Who asks, under which roles and for whom; what day it is here, what may be opened, and how much waits.',
  },
  'GET /api/todo': { id: 'todoList', tag: 'worklist', en: 'What waits for the caller, soonest first.' },
  'GET /api/matters': {
    id: 'mattersList',
    tag: 'worklist',
    en: 'The matters of all measures that the caller may see, newest first.',
  },
  'GET /api/deadlines': {
    id: 'deadlinesList',
    tag: 'worklist',
    en: 'The open deadlines that the caller may see, soonest first.',
  },
  'POST /api/attachments': {
    id: 'attachmentsAnnounce',
    tag: 'attachments',
    en: 'Announces a file; its bytes are then sent as the answer’s upload says.',
    fields: {
      filename: {
        zh: '文件名',
        en: 'File name',
        help: { zh: '扩展名须与文件类型一致。', en: 'Its ending must match the type.' },
      },
      contentType: { zh: '文件类型', en: 'Content type' },
      size: { zh: '字节数', en: 'Size in bytes', help: { zh: '不超过20 MB。', en: 'At most 20 MB.' } },
      sha256: { zh: 'SHA-256摘要', en: 'SHA-256', help: { zh: '小写十六进制。', en: 'In lower-case hexadecimal.' } },
    },
  },
  'GET /api/attachments/{id}': {
    id: 'attachmentsGet',
    tag: 'attachments',
    en: 'The file, for whoever sees what it is attached to; a large one by 302 to a short-lived address.',
  },
  'POST /api/letters/render': {
    id: 'lettersRender',
    tag: 'letters',
    en: 'A letter of a dry run as a page, marked as a draft.',
    fields: letterFields,
  },
  'GET /api/chasers/{id}': {
    id: 'chasersGet',
    tag: 'deliveries',
    en: 'A chaser sheet: what the recipient owes to the office. For the office, and the recipient its own.',
  },
  'GET /api/chasers/{id}/documents/{document}': {
    id: 'chasersDocument',
    tag: 'deliveries',
    en: 'The paper of a chaser sheet: the document’s id with .docx or .html.',
  },
  'GET /api/deliveries': { id: 'deliveriesList', tag: 'deliveries', en: 'Deliveries to the caller, or of its office.' },
  'GET /api/deliveries/{id}': { id: 'deliveriesGet', tag: 'deliveries', en: 'How a delivery stands.' },
  'POST /api/deliveries/{id}/acknowledge': {
    id: 'deliveriesAcknowledge',
    tag: 'deliveries',
    en: 'Acknowledges a letter, by its recipient; where it was signed for on paper, by the handling office.',
    fields: {
      onPaper: {
        zh: '纸质签收',
        en: 'Signed for on paper',
        help: {
          zh: '由承办机关登记；收件方在线签收的不填。',
          en: 'For the handling office; left out by a recipient who signs here.',
        },
      },
      'onPaper.signedBy': { zh: '签收人', en: 'Signed by' },
      'onPaper.on': { zh: '签收日期', en: 'Signed on' },
      'onPaper.attachment': { zh: '签收回执扫描件', en: 'Scan of the signed receipt' },
    },
  },
  'POST /api/deliveries/bounces': {
    id: 'deliveriesBounces',
    tag: 'deliveries',
    en: 'Takes the report of a mail that came back, as it came (message/rfc822), from the handling office or the administrator.',
  },
  'POST /api/deliveries/{id}/bounce': {
    id: 'deliveriesBounce',
    tag: 'deliveries',
    en: 'Puts on file that a delivery came back, by the handling office.',
    fields: { reason: { zh: '退信原因', en: 'Reason' } },
  },
  'POST /api/deliveries/{id}/resend': {
    id: 'deliveriesResend',
    tag: 'deliveries',
    en: 'Sends a letter again, by the handling office.',
    fields: {
      address: {
        zh: '送达邮箱',
        en: 'Mail address',
        help: { zh: '不填的，仍发原邮箱。', en: 'Left out, it goes to the same address.' },
      },
    },
  },
  'GET /api/officials/{id}/record': {
    id: 'officialsRecord',
    tag: 'records',
    en: 'What is on file of an official, for organization, discipline and supervision; the official sees its own part.',
  },
  'GET /api/officials/{id}/standing': {
    id: 'officialsStanding',
    tag: 'records',
    en: 'What may and may not be held against an official on a day, for a purpose.',
  },
  'GET /api/units/{id}/standing': {
    id: 'unitsStanding',
    tag: 'records',
    en: 'What may and may not be held against a unit on a day, for a purpose.',
  },
  'POST /api/reward-projects': {
    id: 'rewardProjectsOpen',
    tag: 'rewards',
    en: 'Opens a project of the city’s central work that rewards can be nominated for.',
    fields: {
      name: {
        zh: '项目名称',
        en: 'Name of the project',
        help: { zh: '未结束的项目不得同名。', en: 'No other project that is not over has it.' },
      },
      reference: { zh: '立项依据', en: 'The decision that set it' },
      frontline: { zh: '一线项目', en: 'A project of the front line' },
      kinds: {
        zh: '适用的奖励种类',
        en: 'Kinds of reward',
        help: { zh: '不填的不限。', en: 'Any where left out.' },
        from: { policy: 'reward.kinds' },
      },
      places: { zh: '名额', en: 'Places' },
      from: { zh: '开始日期', en: 'First day' },
      to: { zh: '截止日期（含当日）', en: 'Last day, included' },
    },
  },
  'POST /api/reward-projects/{id}/close': {
    id: 'rewardProjectsClose',
    tag: 'rewards',
    en: 'Closes a project: nothing more is nominated for it.',
    fields: { reason: { zh: '关闭理由', en: 'Reason for closing it' } },
  },
  'GET /api/reward-projects': {
    id: 'rewardProjectsList',
    tag: 'rewards',
    en: 'Rewards by project: nominations, places and how long a reward takes from the deed.',
  },
};

/** Parameters of paths and queries, by name. */
export const parameterWords: Readonly<Record<string, Word>> = {
  id: { zh: '编号', en: 'The id' },
  document: { zh: '文书编号加 .docx 或 .html', en: 'The document’s id, with .docx or .html behind it' },
  draft: { zh: '文书编号加 .docx 或 .html', en: 'The letter’s id, with .docx or .html behind it' },
  year: { zh: '年份', en: 'The year' },
  state: { zh: '状态，可多个', en: 'Only those in this state, or in one of these' },
  unit: { zh: '单位编号', en: 'Only those of this unit' },
  official: { zh: '干部编号', en: 'Only those about this official' },
  light: { zh: '亮灯', en: 'Only those with a light of this colour' },
  kind: { zh: '事项种类，可多个', en: 'Only those of this kind, or of one of these' },
  documentType: { zh: '文书种类', en: 'Only documents of this type' },
  as: { zh: '送达身份', en: 'Only those that were sent in this quality' },
  unsignedSince: { zh: '该日及以前送达、尚未签收', en: 'Sent on this day or before, and signed for by nobody' },
  mails: { zh: '含本人的待办邮件', en: 'The caller’s own to-do mails, too' },
  mayLead: { zh: '可以担任主约谈人的领导', en: 'Only leaders, who may lead an interview' },
  mayInvestigate: { zh: '可以担任核查人员的', en: 'Only officers of an organ, who may investigate' },
  inChargeOf: { zh: '分管该单位的', en: 'Only those in charge of this unit' },
  q: {
    zh: '查找：标题、文号、单位、人员',
    en: 'Only those whose title, number, unit or persons hold this',
  },
  openedBy: { zh: '本人提出的', en: 'Only those that the caller opened' },
  sort: { zh: '排序，前加“-”为倒序', en: 'The order; with `-` before it the highest first' },
  total: { zh: '同时给出条数', en: 'Say how many there are' },
  recipient: { zh: '收件方编号', en: 'Only those to this recipient' },
  from: { zh: '起始日期（含当日）', en: 'On this day or later' },
  to: { zh: '截止日期（含当日）', en: 'On this day or earlier' },
  purpose: { zh: '用途', en: 'For this purpose only' },
  on: { zh: '日期，默认今天', en: 'The day that is asked about; today where left out' },
  limit: { zh: '每页条数，1至100', en: 'How many a page, 1 to 100' },
  cursor: { zh: '上一页的 next', en: 'The `next` of the page before' },
};
