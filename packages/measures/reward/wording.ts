import { wording } from '@dandang/casework/wording.ts';

/**
 * What the letters of a reward say, beside what people typed. `{who}` are the candidates by name (in a title the first of many),
 * `{given}` is what they get (给予及时奖励), `{project}` the project in its quotation marks.
 */
export const rewardWording = wording('reward', {
  'reward-decision': {
    title: '关于对{who}{given}的决定',
    opening: '{basis}经{nominating}提名，并经专项考核、批准和公示，决定对{who}{given}，表彰其在{project}中的突出表现。',
    amount: '奖金或者待遇为{amount}。',
    merits: '主要事迹',
    candidates: '奖励对象和事由',
    clause: '符合“{clause}”的规定。',
  },
  'reward-recommendation': {
    title: '关于推荐{project}奖励对象的报告',
    above: '上级审批机关',
    opening:
      '{basis}经{nominating}提名，并经专项考核、批准和公示，现推荐对在{project}中表现突出的{who}{given}，请予审批。',
  },
  'reward-revocation': {
    title: '关于撤销{project}奖励的通知',
    found: '经查，存在“{ground}”的情形。',
    body: '{law}经研究，决定撤销{decision}给予的奖励，原决定自本通知印发之日起不再执行。',
    returned: '原决定给予的证书、奖章、奖金或者待遇，由{office}收回。',
  },
  'recount-notice': {
    firm: '因国家放假安排公布或者调整，{project}奖励的公示期现至{day}。',
    open: '因国家放假安排公布或者调整，{project}奖励的公示期为{term}，最后一日待国家公布放假安排后确定。',
  },
});
