import { dryRun, type OperationWords } from './operation-words.ts';

/** What the OpenAPI document says of the directory's routes, by method and path. */
export const directoryWords: Readonly<Record<string, OperationWords>> = {
  'GET /api/directory/units': { id: 'unitsList', tag: 'directory', en: 'The units of the directory.' },
  'GET /api/directory/units/{id}': { id: 'unitsGet', tag: 'directory', en: 'A unit.' },
  'PUT /api/directory/units/{id}': {
    id: 'unitsEnter',
    tag: 'directory',
    en: 'Enters a unit, by the administrator.',
    fields: {
      contact: {
        zh: '联系人',
        en: 'Whom to ask',
        help: {
          zh: '印在该单位印发的文书的附注中，登录后可见。',
          en: 'Printed on the letters that the unit issues, and shown to everybody who is signed in.',
        },
      },
      'contact.name': { zh: '姓名', en: 'Name' },
      'contact.phone': { zh: '联系电话', en: 'Telephone' },
      partyOrganisation: {
        zh: '党组织',
        en: 'Party organisation',
        help: { zh: '抄送时的称谓；不填的，称党组织。', en: 'As copies are addressed; left out, it is called 党组织.' },
        choices: {
          党组: { zh: '党组', en: 'Leading Party members’ group' },
          党委: { zh: '党委', en: 'Party committee' },
          党工委: { zh: '党工委', en: 'Party working committee' },
          党总支: { zh: '党总支', en: 'General Party branch' },
          党支部: { zh: '党支部', en: 'Party branch' },
        },
      },
      succeededBy: {
        zh: '承接单位',
        en: 'Unit that took its place',
        widget: 'unit',
        help: {
          zh: '机构改革后承接其职责的单位；其人员即可办理、查看和收取原单位的事项和文书。不填的，没有承接单位。',
          en: 'Its people act, see and are written to wherever this unit does. Left out, there is none.',
        },
      },
      name: { zh: '单位名称', en: 'Name' },
      mail: {
        zh: '送达邮箱',
        en: 'Mail address',
        help: { zh: '没有邮箱的单位不能收到文书。', en: 'Without one no letter can be issued to the unit.' },
      },
    },
  },
  'GET /api/directory/officials': { id: 'officialsList', tag: 'directory', en: 'The officials of the directory.' },
  'GET /api/directory/officials/{id}': { id: 'officialsGet', tag: 'directory', en: 'An official.' },
  'PUT /api/directory/officials/{id}': {
    id: 'officialsEnter',
    tag: 'directory',
    en: 'Enters an official, by the administrator.',
    fields: {
      name: { zh: '姓名', en: 'Name' },
      unit: { zh: '所在单位', en: 'Unit', widget: 'unit' },
      position: { zh: '职务', en: 'Position' },
      mail: { zh: '送达邮箱', en: 'Mail address' },
      roles: {
        zh: '角色',
        en: 'Roles',
        help: {
          zh: '用于判断谁收待办通知、谁可以主约谈或者到场；操作权限以登录令牌为准。',
          en: 'They say who gets to-do mails, who may lead an interview and whom an attendee stands for; rights come from the token alone.',
        },
      },
      inChargeOf: { zh: '分管单位', en: 'Units in charge of', widget: 'units' },
    },
  },
  'PUT /api/directory/officials/{id}/stand-in': {
    id: 'standInsSet',
    tag: 'directory',
    en: 'Sets who stands in for an absent official, by the administrator or the official; a day in the past ends it.',
    fields: {
      person: { zh: '受托人', en: 'Stand-in', widget: 'official' },
      from: { zh: '开始日期', en: 'From' },
      to: { zh: '结束日期', en: 'To', help: { zh: '含当日。', en: 'That day included.' } },
    },
  },
  'GET /api/directory/officials/{id}/stand-in': {
    id: 'standInsGet',
    tag: 'directory',
    en: 'Who stands in for an official, for the administrator and the official.',
  },
  'POST /api/directory/import': {
    id: 'directoryImport',
    tag: 'directory',
    en: 'Takes over units and officials from a table, by the administrator; a dry run first, all or nothing.',
    fields: {
      filename: { zh: '文件名', en: 'File name', help: { zh: 'CSV或者XLSX。', en: 'CSV or XLSX.' } },
      content: { zh: '文件内容', en: 'Content', help: { zh: 'Base64编码。', en: 'In Base64.' } },
      ...dryRun,
    },
  },
};
