import type { Form } from '@dandang/casework/form.ts';

/** What a letter is made of; all of it comes from a dry run. */
export const letterFields: Form = {
  content: { zh: '文书内容', en: 'The letter’s content, as a dry run answers it' },
  'content.layout': { zh: '版式', en: 'Layout' },
  'content.issuer': { zh: '发文机关标志', en: 'The issuing body, as printed' },
  'content.title': { zh: '标题', en: 'Title' },
  'content.number': { zh: '发文字号', en: 'Document number' },
  'content.addressees': { zh: '主送', en: 'Addressees' },
  'content.body': { zh: '正文', en: 'Body' },
  'content.body.*.kind': { zh: '段落种类', en: 'Kind of block' },
  'content.body.*.text': { zh: '文字', en: 'Text' },
  'content.body.*.level': { zh: '标题层次', en: 'Level of a heading' },
  'content.body.*.label': { zh: '栏目', en: 'Label' },
  'content.body.*.header': { zh: '表头', en: 'Header of a table' },
  'content.body.*.rows': { zh: '表格内容', en: 'Rows of a table' },
  'content.body.*.widths': { zh: '列宽比例', en: 'Relative widths' },
  'content.attachments': { zh: '附件说明', en: 'Names of annexes' },
  'content.signatories': { zh: '发文机关署名', en: 'Who signs' },
  'content.date': { zh: '成文日期', en: 'Date of the letter' },
  'content.note': { zh: '附注', en: 'Note' },
  'content.copies': { zh: '抄送', en: 'Copies' },
  'content.printedBy': { zh: '印发机关', en: 'Printed by' },
  'content.printedOn': { zh: '印发日期', en: 'Printed on' },
  'content.sealed': { zh: '加盖印章', en: 'Whether it is sealed' },
  'content.marking': { zh: '页眉标注', en: 'Word above every page' },
};
