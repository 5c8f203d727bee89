import { wording } from '@dandang/casework/wording.ts';

/**
 * What the letters of a tolerance matter say, beside what people typed. `{whom}` is the official or the group, `{about}` the
 * decision by its number, or the refusal to admit.
 */
export const toleranceWording = wording('tolerance', {
  'tolerance-decision': {
    title: '容错处理决定书',
    changed: '{basis}经复核，{earlier}变更如下，原决定不再执行。',
    basis: '{basis}现就{whom}的容错事项作出如下决定。',
    whoIs: '基本情况',
    facts: '认定的事实',
    matter: '上述事实涉及的责任追究事项为“{reference}”。',
    reasons: '理由',
    circumstances: '上述事实属于{circumstances}。',
    alleged: '申请所称属于{circumstances}。',
    filed: '有关事项已于{date}事前报备，{state}。',
    decision: '处理决定',
    exempt: '经{date}{body}研究，决定对{whom}予以免责。',
    mitigate: '经{date}{body}研究，决定对{whom}予以减责。',
    none: '经{date}{body}研究，决定对{whom}不予容错。',
    handling: '减责后应当承担的责任为{handling}，由有权机关按照规定程序另行决定；本决定不代替该处理决定。',
    accountable: '应当承担的责任为{handling}，由有权机关按照规定程序另行决定；本决定不代替该处理决定。',
    impact: '影响期至{date}。',
    provisional: '影响期自{from}起暂计，至{date}，以处理决定为准。',
    noCorrection: '本事项无须纠错，理由如下：',
    corrections: '纠错要求',
    correct: '{requirement}请{by}完成，并报本机关审核销号。',
    effects: '结果运用',
    applied: '本决定在下列方面运用：',
    subject: '（适用于{subject}）',
    confirmation:
      '上述运用以影响期满、纠错要求全部审核销号并经本机关确认改正情况为前提；未经确认的，影响期满后既不作为限制的依据，也不作为提名使用的依据。',
    review: '复核途径',
  },
  'tolerance-declined': {
    title: '容错申请不予受理通知',
    body: '{applicant}提出的关于“{reference}”的容错申请收悉。{basis}经研究，不予受理，理由如下：',
  },
  'tolerance-rescission': {
    title: '关于撤销{number}容错处理决定书的通知',
    body: '{basis}经研究，决定撤销{number}容错处理决定书，自本通知印发之日起不再执行，不得再作为有关评价和使用的依据。',
    reason: '撤销的原因如下：',
  },
  'tolerance-review': {
    title: '复核决定书',
    asked: '{applicant}不服{about}，申请复核。{basis}经复核，现作出如下决定。',
    found: '复核情况',
    decision: '复核决定',
    maintained: '维持{about}。',
    revoked: '撤销{about}，原申请现予受理。',
  },
  remedy: {
    open: '对本决定不服的，可以向本机关书面申请复核。',
    within: '对本决定不服的，可以自收到之日起{term}内向本机关书面申请复核。',
    how: '复核由未参与本决定的人员办理，不停止本决定的执行，不因申请复核而加重处理。',
  },
});
