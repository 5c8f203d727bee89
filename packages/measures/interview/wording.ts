import { wording } from '@dandang/casework/wording.ts';

/** What the letters of an interview say, beside what people typed. `{about}` is 演约〔2026〕1号约谈通知书所涉约谈, or 有关约谈. */
export const interviewWording = wording('interview', {
  'interview-notice': {
    title: '约谈通知书',
    opening: '{basis}经批准，决定进行工作约谈。现将有关事项通知如下：',
    attendance: '请按时到场，不得委托他人代为参加；确有特殊情况不能到场的，请事先向{office}请假。请带书面情况说明。',
  },
  'interview-changed': {
    off: '{number}约谈通知书所涉约谈的安排已经变更，您无须再参加。',
    opening: '{number}约谈通知书所定的约谈安排变更如下，原安排不再执行：',
  },
  'interview-rescheduled': {
    body: '{number}约谈通知书所涉、原定于{before}在{place}进行的约谈，改为{at}在{newPlace}进行。其他事项不变。',
    reason: '改期的原因如下：',
    absent: '原定时间未到场的约谈对象：{names}。',
  },
  'interview-cancelled': {
    body: '{number}约谈通知书所涉、原定于{at}在{place}进行的约谈取消。如另行安排，将另行通知。',
    reason: '取消的原因如下：',
    absent: '未到场的约谈对象：{names}。',
  },
  'interview-record': {
    called: '应到',
    attended: '实到',
    absent: '缺席',
    absentText: '{name}。原因：{reason}',
    time: '约谈时间',
    place: '约谈地点',
    lead: '主持（主约谈人）',
    recorder: '记录',
    irregular: '程序说明',
    minutes: '约谈内容',
    requirements: '整改要求',
    signatures: '签名',
    signature: '＿＿＿＿＿＿　　　　年　　月　　日',
  },
  'record-correction': {
    opening: '{about}的记录更正如下，原记录与本通知不一致的，以本通知为准。',
    reason: '更正的原因如下：',
    time: '约谈时间更正为{at}（原记录为{before}）。',
    absent: '未到场的约谈对象更正为：{names}。',
    present: '约谈对象更正为均已到场。',
    requirements: '整改要求更正为：',
    plan: '请{by}将整改方案报{office}。',
  },
  'rectification-notice': {
    opening: '{basis}{at}对{whom}进行的约谈提出以下整改要求：',
    absent: '未到场的约谈对象：{names}。',
    plan: '请{by}制定整改方案并报{office}，逐项列明问题、措施、责任人和完成时限。',
  },
  'progress-report': {
    title: '关于{about}整改进展情况的报告',
    titleWithout: '关于约谈整改进展情况的报告',
    opening: '现将整改进展情况报告如下。截至{date}，整改进度为{progress}%。',
  },
  'review-conclusion': {
    opening: '{basis}{office}对{about}整改要求的落实情况进行了复核，现将复核意见告知如下。',
    together: '{basis}{office}会同{together}对{about}整改要求的落实情况进行了复核，现将复核意见告知如下。',
    required: '整改要求',
    found: '复核情况',
    overdue: '应{by}{task}，已逾期。',
    concluded: '复核结论',
    passed: '整改到位，予以销号。',
    failed: '整改未到位，须按以下要求继续整改：',
    complete: '请{by}完成整改并报{office}。',
    unresolved: '约谈后工作成效仍不明显。',
    rule: '按照有关规定，{rule}',
  },
  'review-revoked': {
    body: '经研究，决定撤销对{about}整改情况作出的复核意见，有关事项恢复到该次复核之前的状态。',
    reason: '撤销的原因如下：',
  },
  'proposal-correction': {
    removed: '{titles}所载{name}的约谈次数有变化，现不再计入约谈次数，请以本通知为准。',
    counted: '{titles}所载{name}的约谈次数有变化，现按{count}次计算（{days}），请以本通知为准。',
    decision: '原据以作出的决定须重新作出。',
  },
  'interview-annulled': {
    body: '经研究，决定撤销{about}，不再计入约谈次数，有关文书不再执行。',
    reason: '撤销的原因如下：',
  },
});
