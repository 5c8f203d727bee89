import { wording } from '@dandang/casework/wording.ts';

/** What the letters of a reminder say, beside what people typed. */
export const reminderWording = wording('reminder', {
  'work-tip': {
    title: '关于{subject}的工作提示',
    opening: '{basis}现将您分管的{unit}有关工作情况提示如下。',
    letter:
      '经批准，{office}已于{date}就{subject}一事向{unit}印发提醒函（{number}），请其{by}将办理措施书面报{office}。',
    circumstance: '有关情况属于{circumstance}。',
    assistants: '该事项由{unit}主办，{assistants}协办。',
    request: '建议您关注并协调有关工作。',
    replaced: '{number}工作提示不再执行。',
    close: '特此提示。',
  },
  'reminder-letter': {
    title: '关于{subject}的提醒函',
    opening: '{basis}经批准，现将有关情况和工作要求函告如下。',
    findings: '有关情况',
    circumstance: '上述情况属于{circumstance}，现予提醒。',
    plain: '对上述情况，现予提醒。',
    requirements: '工作要求',
    reply: '请{by}将办理措施书面报{office}。',
    parts: '主办和协办',
    lead: '本事项由贵单位主办，统一答复。协办单位及协办事项如下：',
  },
  'reminder-rescission': {
    title: '关于撤销{number}的通知',
    tip: '经研究，决定撤销{number}工作提示，自本通知印发之日起不再执行。',
    letter: '经研究，决定撤销{number}提醒函，自本通知印发之日起不再执行，贵单位无须再就此答复。',
    assist: '经研究，决定撤销{number}协办函，自本通知印发之日起不再执行，贵单位无须再提交协办意见。',
    reason: '撤销的原因如下：',
  },
  'reminder-withdrawal': {
    title: '关于撤回{number}的通知',
    tip: '{unit}提出有关事项不属于其办理，经研究予以同意，另行交办。现撤回{number}工作提示，自本通知印发之日起不再执行。',
    letter:
      '贵单位提出有关事项不属于贵单位办理，经研究予以同意，另行交办。现撤回{number}提醒函，自本通知印发之日起不再执行。',
  },
  'decline-answer': {
    body: '贵单位对{number}提醒函提出的退件收悉。经研究，不予同意，请按原时限办理并答复。',
    reason: '理由如下：',
  },
  'assist-letter': {
    title: '关于协办{subject}的函',
    opening: '{subject}一事由{lead}主办，请贵单位协办有关事项。',
    what: '协办事项',
    term: '时限要求',
    contribute: '请{by}将协办意见报{office}。协办意见由{lead}汇总，统一答复。',
    disagree: '对协办事项有不同意见的，请在上述时限内向{office}书面提出，由{office}协调。',
  },
  mediation: {
    opening: '就{subject}一事的协办事项，现提出协调意见如下：',
    renewed: '请{by}将协办意见报{office}。',
  },
  'lead-notice': {
    body: '{subject}一事的主办单位变更为{lead}。贵单位的协办事项和时限不变。',
  },
});
