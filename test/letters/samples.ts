import type { LetterContent } from '@dandang/letters/letter.ts';

/** Invented units, people and facts, marked 演示; the wording is only there to be laid out. */

export const reminder: LetterContent = {
  layout: 'letter',
  issuer: '中共演示市委督查室',
  number: '演督函〔2026〕1号',
  title: '关于推进老旧小区改造工作的提醒函',
  addressees: ['市住房和城乡建设局'],
  body: [
    {
      kind: 'paragraph',
      text: '经查，截至2026年10月31日，由你单位牵头的老旧小区改造工作，计划开工40个，实际开工23个，进度低于序时要求，成效不明显。现予以提醒。',
    },
    {
      kind: 'paragraph',
      text: '请你单位认真查找原因，明确责任人员和完成时间，加快工作进度，并于2026年11月9日前将整改措施书面反馈我室。',
    },
  ],
  attachments: [],
  signatories: ['中共演示市委督查室'],
  date: '2026-11-02',
  note: '联系人：赵六，电话：0000-0000000',
  copies: ['市委办公室', '市政府办公室'],
  sealed: true,
  marking: '演示',
};

export const tip: LetterContent = {
  layout: 'letter',
  issuer: '中共演示市委督查室',
  number: '演督函〔2026〕12号',
  title: '工作提示',
  addressees: ['张三同志'],
  body: [
    {
      kind: 'paragraph',
      text: '您分管领域的老旧小区改造工作推进成效不明显，计划开工40个，截至2026年10月31日实际开工23个。经批准，我室已向市住房和城乡建设局下达提醒函。现将有关情况向您提示，请予督促。',
    },
  ],
  attachments: ['关于推进老旧小区改造工作的提醒函'],
  signatories: ['中共演示市委督查室'],
  date: '2026-11-02',
  copies: [],
  sealed: false,
  marking: '演示',
};

export const decision: LetterContent = {
  layout: 'document',
  issuer: '演示市容错纠错工作领导小组文件',
  number: '演容决〔2026〕3号',
  title: '关于对李四同志在园区供电改造项目中有关失误予以容错的决定',
  addressees: ['李四同志'],
  body: [
    { kind: 'paragraph', text: '你提出的容错申请收悉。经核查、听取你的陈述并集体研究，现作出如下决定。' },
    { kind: 'heading', level: 1, text: '一、事实' },
    {
      kind: 'paragraph',
      text: '2026年3月，你在组织园区供电改造项目时，先行启动管线迁改，后因技术标准调整造成部分工程返工。',
    },
    { kind: 'heading', level: 1, text: '二、决定' },
    { kind: 'paragraph', text: '对上述失误予以容错免责。' },
    { kind: 'heading', level: 1, text: '三、纠错要求' },
    { kind: 'heading', level: 2, text: '（一）逐项完成下列事项' },
    {
      kind: 'table',
      header: ['序号', '要求', '时限'],
      rows: [
        ['1', '完善项目技术标准变更的会商程序，并报审核。', '20个工作日'],
        ['2', '完成返工工程的质量复核。', '2026年12月31日前'],
      ],
      widths: [1, 5, 3],
    },
  ],
  attachments: ['核查情况说明', '听取陈述记录'],
  signatories: ['演示市容错纠错工作领导小组'],
  date: '2026-11-20',
  copies: ['演示园区管理委员会党组', '市纪委监委', '市委组织部', '市委巡察机构', '市审计局'],
  printedBy: '演示市容错纠错工作领导小组办公室',
  printedOn: '2026-11-20',
  sealed: true,
  marking: '演示',
};

export const record: LetterContent = {
  layout: 'minutes',
  issuer: '工作约谈纪要',
  number: '第3期',
  title: '关于老旧小区改造工作的约谈记录',
  addressees: [],
  body: [
    { kind: 'form-line', label: '时间', text: '2026年11月16日9时' },
    {
      kind: 'form-line',
      label: '出席',
      text: '王五（主约谈人），市纪委监委孙七，市委组织部周八',
    },
    { kind: 'paragraph', text: '会议听取了约谈对象的情况说明，提出了整改要求。' },
    { kind: 'form-line', label: '约谈对象（签名）', text: '' },
  ],
  attachments: [],
  signatories: [],
  date: '2026-11-16',
  copies: ['市委组织部'],
  printedBy: '中共演示市委办公室',
  printedOn: '2026-11-17',
  sealed: false,
  marking: '演示',
};

/** 980 characters without a sign between them: the rest of the first page and a full second one. */
const unbroken = '责任'.repeat(490);

export const long: LetterContent = {
  ...reminder,
  title: '关于进一步加快推进全市老旧小区改造及配套设施补短板工作的提醒函',
  body: [
    { kind: 'paragraph', text: unbroken },
    { kind: 'paragraph', text: unbroken.slice(0, 5 * 28) },
  ],
};
