import type { SettingKey } from './settings.ts';

/** What each setting is called, in Chinese and English; what it may hold is in `settings.ts`. Whoever works by a setting needs no title: only what shows settings imports this. */
export const settingTitles: Readonly<Record<SettingKey, { readonly zh: string; readonly en: string }>> = {
  'reminder.circumstances': { zh: '增加的提醒情形', en: 'Circumstances of reminders, added' },
  'reminder.replyWithin': { zh: '提醒函答复时限', en: 'Term for replying to a reminder letter' },
  'reminder.series': { zh: '提醒函、工作提示的机关代字', en: 'Number series of reminder letters and work tips' },
  'interview.circumstances': { zh: '增加的约谈情形', en: 'Circumstances of interviews, added' },
  'interview.series': { zh: '约谈通知书的机关代字', en: 'Number series of interview notices' },
  'interview.windowBasis': {
    zh: '“一年内”按滚动十二个月（rolling）还是公历年（calendar-year）计算',
    en: 'Whether “within one year” means twelve rolling months or a calendar year',
  },
  'interview.counts': {
    zh: '约谈次数按人（persons）还是按单位（units）累计',
    en: 'Whether interviews are counted by person or by unit',
  },
  'interview.reportEvery': { zh: '整改进展书面报告的间隔', en: 'Interval of written reports on rectification' },
  'interview.reviewOffice': {
    zh: '负责复核的督查机构（单位编号）',
    en: 'Supervision office that reviews rectification (unit id)',
  },
  'interview.procedure': {
    zh: '约谈程序中文章没有规定的部分（何人同意、制定方案、会商、全程参与、主约谈、记录、复核）',
    en: 'What the article leaves open of the procedure of interviews (who consents, plans, concurs, attends, leads, records, reviews)',
  },
  'interview.invitationHours': {
    zh: '约谈日程邀请的时长（小时）',
    en: 'How many hours an invitation to an interview keeps free in calendars',
  },
  'dispute.reviewOffice': {
    zh: '没有可裁决异议的批准人时，由哪个机关裁决（单位编号）',
    en: 'Unit that decides a dispute where no approver is left (unit id)',
  },
  'tolerance.circumstances': { zh: '增加的容错情形', en: 'Circumstances of tolerance, added' },
  'tolerance.factors': { zh: '增加的研判要素', en: 'Factors weighed, added' },
  'tolerance.copies': {
    zh: '增加的容错处理决定书抄送机关（单位编号；unit 指容错对象所在单位）',
    en: 'Bodies that get a copy of the tolerance decision, added (unit ids; `unit`: the unit concerned)',
  },
  'tolerance.effects': { zh: '增加的容错结果运用', en: 'What a tolerance means for which purposes, added' },
  'tolerance.series': { zh: '容错处理决定书的机关代字', en: 'Number series of tolerance decisions' },
  'tolerance.organs': {
    zh: '有权受理容错申请的责任追究机关（单位编号；未设时不限）',
    en: 'Organs that may handle applications for tolerance (unit ids; any while unset)',
  },
  'tolerance.acceptWithin': { zh: '容错申请的受理时限', en: 'Term for accepting an application for tolerance' },
  'tolerance.investigateWithin': { zh: '受理后的核查时限', en: 'Term for investigating, from acceptance' },
  'tolerance.decideWithin': { zh: '提出处理意见后的决定时限', en: 'Term for deciding, from the proposal' },
  'tolerance.signWithin': { zh: '容错处理决定书的签收时限', en: 'Term for signing for the tolerance decision' },
  'tolerance.reviewWithin': {
    zh: '对容错处理决定申请复核的期限',
    en: 'Term for requesting a review of the tolerance decision',
  },
  'tolerance.reviewOffice': {
    zh: '责任追究机关没有可以决定的人员时，代为决定、复核的机关（单位编号）',
    en: 'Unit whose deciders decide where nobody of the organ is left who may (unit id)',
  },
  'tolerance.excusesInterviews': {
    zh: '容错所涉约谈是否不再计入约谈次数（never、exempt 免责、exempt-or-mitigate 免责和减责）',
    en: 'Which tolerance outcomes take an interview out of the count',
  },
  'riskFiling.receiver': { zh: '受理事前报备的机关（单位编号）', en: 'Organ that receives risk filings (unit id)' },
  'riskFiling.series': {
    zh: '备案文书的机关代字（未设：不编文号）',
    en: 'Number series of letters on risk filings (unset: they carry no number)',
  },
  'clarification.series': { zh: '澄清文书的机关代字', en: 'Number series of clarification letters' },
  'reward.series': { zh: '奖励决定的机关代字', en: 'Number series of reward decisions' },
  'reward.noticeWorkingDays': {
    zh: '奖励公示的工作日数',
    en: 'Length of the public notice of a reward, in working days',
  },
  'reward.quotas': {
    zh: '各奖励项目的名额（项目名称对应名额）',
    en: 'Places in each reward project (by the project’s name)',
  },
  'reward.grantedBy': {
    zh: '各奖励种类由本市决定（here）还是由上级审批（above）（种类编号对应）',
    en: 'Whether each kind of reward is granted here or by a body above (by the kind’s id)',
  },
  'reward.amounts': {
    zh: '各奖励种类的奖金或待遇（种类编号对应文字）',
    en: 'Bonus or benefit of each kind of reward (by the kind’s id, in words)',
  },
  'decline.within': {
    zh: '签收文书后可以退件的期限（未设：不限期；他处有定为3个或者10个工作日的）',
    en: 'Term for declining a letter, from its receipt (unset: none; elsewhere 3 or 10 working days)',
  },
  'unit.signOff': {
    zh: '承办单位审签：全部单位（all）及个别单位（units）是否须由负责人审签后报送',
    en: 'Whether what a unit owes is signed by one of its heads: for all units, and for single ones',
  },
  'circumstance.texts': {
    zh: '文章没有列出的情形的文字（情形编号对应文字）',
    en: 'Texts of the circumstances that the article leaves out (by id)',
  },
  'deadline.yellowWorkingDays': {
    zh: '剩余几个工作日起亮黄灯',
    en: 'Working days left from which the light is yellow',
  },
  'chaser.everyWorkingDays': {
    zh: '逾期后每几个工作日催办一次',
    en: 'Working days between chasers once a deadline is missed',
  },
  'chaser.stopAfter': {
    zh: '逾期后最多催办几次（未设：不停止）',
    en: 'How often a missed deadline is chased at the most (unset: without end)',
  },
  'nudge.everyWorkingDays': {
    zh: '每几个工作日最多发一封待办通知邮件',
    en: 'Working days in which at most one to-do mail is sent to a person',
  },
  'letter.marking': {
    zh: '文书每页上方加印的字样（如“演示”；不得为密级）',
    en: 'Marking printed at the top of every page (such as “演示”; never a secrecy grade)',
  },
  'letter.wording': {
    zh: '本部署自拟的文书用语（依次以措施、文书、部分对应文字；可改的部分见 GET /api/policy/wording）',
    en: 'The deployment’s own wording of letters (by measure, letter and part; GET /api/policy/wording lists them)',
  },
  'mail.attachLetter': { zh: '邮件是否随附文书', en: 'Whether mails carry the letter as an attachment' },
};
