import type { Form, MeasureForm } from '@dandang/casework/form.ts';
import type { InterviewCommand } from './interview.ts';
import { rectificationForm } from './rectification-form.ts';

const place: Form = {
  at: { zh: '约谈时间', en: 'Time' },
  place: { zh: '约谈地点', en: 'Place' },
};
const anyway: Form = {
  anyway: {
    zh: '时段冲突时仍然安排',
    en: 'Book in spite of a conflict',
    help: {
      zh: '人员或场所在该时段已有安排的，须选择仍然安排并说明理由。',
      en: 'Where a person or the place is booked in that hour already; it needs a reason.',
    },
  },
};

const absent: Form = {
  absent: {
    zh: '缺席人员',
    en: 'Absent',
    help: {
      zh: '没有到场的约谈对象和集体，逐一说明原因；原因只写入约谈记录。',
      en: 'Who of those called did not come, each with the reason, which only the record prints.',
    },
  },
  'absent.*.official': { zh: '干部', en: 'Official', widget: 'official' },
  'absent.*.group': { zh: '集体', en: 'Group' },
  'absent.*.group.unit': { zh: '所在单位', en: 'Unit of the group', widget: 'unit' },
  'absent.*.group.name': { zh: '集体名称', en: 'Name of the group' },
  'absent.*.reason': { zh: '缺席原因', en: 'Reason for the absence' },
};
const record: Form = {
  heldAt: { zh: '实际约谈时间', en: 'Held at' },
  attendees: {
    zh: '到场人员',
    en: 'Attendees',
    widget: 'officials',
    help: {
      zh: '主约谈人和至少一名约谈对象必须到场；制度规定全程参与的机关须各有人员到场。约谈对象须逐一列为到场或者缺席。',
      en: 'The lead and somebody who was called must have attended, and each office that the policy wants throughout. Everybody called is either here or among the absent.',
    },
  },
  ...absent,
  minutes: { zh: '约谈内容', en: 'Minutes' },
  requirements: { zh: '整改要求', en: 'Rectification requirements', help: { zh: '逐条填写。', en: 'One by one.' } },
};
const irregular: Form = {
  irregular: {
    zh: '程序说明',
    en: 'Irregularity',
    help: {
      zh: '早于通知、应到机关未到或者有方案以外人员到场的，须说明原因，写入约谈记录。',
      en: 'Needed where it was held before its notice, an office was missing or somebody uninvited attended; printed in the record.',
    },
  },
  'irregular.reason': { zh: '原因', en: 'Reason for the irregularity' },
};

export const interviewForm: MeasureForm<InterviewCommand> = {
  open: {
    subjects: {
      zh: '约谈对象',
      en: 'Who is interviewed',
      help: {
        zh: '干部或者集体，须属于同一单位，不得超过50个。',
        en: 'Officials or groups, all of one unit, at most 50.',
      },
    },
    'subjects.*.official': { zh: '干部', en: 'Official', widget: 'official' },
    'subjects.*.responsibility': {
      zh: '责任类型',
      en: 'Responsibility',
      choices: {
        principal: { zh: '主要负责人', en: 'Principal' },
        'in-charge': { zh: '分管负责人', en: 'In charge' },
        direct: { zh: '直接责任人', en: 'Directly responsible' },
      },
    },
    'subjects.*.group': { zh: '集体', en: 'Group' },
    'subjects.*.group.unit': { zh: '所在单位', en: 'Unit of the group', widget: 'unit' },
    'subjects.*.group.name': { zh: '集体名称', en: 'Name of the group' },
    circumstance: { zh: '适用情形', en: 'Circumstance', from: { policy: 'interview.circumstances' } },
    grounds: {
      zh: '约谈事由',
      en: 'Grounds',
      help: { zh: '写入约谈通知书。', en: 'Printed in the interview notice.' },
    },
    origin: {
      zh: '来源事项',
      en: 'Origin',
      widget: 'matter',
      help: {
        zh: '限于评估为成效不明显的提醒函，或者复核为成效仍不明显的约谈，且为同一单位；同一来源同时只能有一次约谈。',
        en: 'A reminder of the same unit that proved ineffective, or an interview whose review found it unresolved; one interview at a time comes from it.',
      },
    },
    'origin.kind': {
      zh: '事项种类',
      en: 'Kind',
      choices: {
        reminder: { zh: '工作提醒', en: 'Work reminder' },
        interview: { zh: '工作约谈', en: 'Interview' },
      },
    },
    'origin.id': { zh: '事项编号', en: 'Id' },
  },
  approve: { opinion: { zh: '意见', en: 'Opinion' } },
  reject: { reason: { zh: '不同意的理由', en: 'Reason for refusing' } },
  plan: {
    ...place,
    lead: {
      zh: '主约谈人',
      en: 'Lead interviewer',
      widget: 'official',
      from: { directory: 'officials', mayLead: true },
      help: {
        zh: '制度规定的主约谈人：主要领导，或者分管该单位的领导，或者其他领导。',
        en: 'Whom the policy lets lead: a principal leader, the leader in charge of the unit, or any leader.',
      },
    },
    participants: { zh: '参加人员', en: 'Participants', widget: 'officials' },
    agenda: { zh: '约谈内容', en: 'Agenda' },
    ...anyway,
    reason: { zh: '仍然安排的理由', en: 'Reason for booking anyway', when: { field: 'anyway', is: [true] } },
  },
  object: { reason: { zh: '意见', en: 'What is objected to' } },
  reschedule: {
    ...place,
    reason: {
      zh: '改期原因',
      en: 'Reason for rescheduling',
      help: { zh: '写入约谈改期通知。', en: 'Printed in the notice.' },
    },
    ...absent,
    ...anyway,
  },
  cancel: {
    reason: {
      zh: '取消原因',
      en: 'Reason for cancelling',
      help: { zh: '写入约谈取消通知。', en: 'Printed in the notice.' },
    },
    ...absent,
  },
  hold: {
    ...record,
    planWithin: {
      zh: '整改方案时限',
      en: 'Term for the rectification plan',
      help: {
        zh: '自约谈之日起算；制度没有规定的必须填写，制度已有规定的不得填写。',
        en: 'From the day of the interview. It must be stated where the policy gives none, and only there.',
      },
    },
    ...irregular,
  },
  'correct-record': {
    ...record,
    ...irregular,
    reason: {
      zh: '更正原因',
      en: 'Reason for the correction',
      help: {
        zh: '写入更正通知，发给收到原记录有关文书的各方。没有填写的各项保持原记录。',
        en: 'Printed in the notice of correction to whoever got the letters of the record. What is left out stays as it was.',
      },
    },
  },
  ...rectificationForm,
  'state-case': { text: { zh: '陈述申辩内容', en: 'Statement' } },
  'decide-proposal': {
    official: {
      zh: '约谈对象',
      en: 'Whom the proposal is about',
      from: { matter: 'details.ladder' },
      help: { zh: '按单位累计的，填单位。', en: 'The unit, where units are counted.' },
    },
    outcome: {
      zh: '决定',
      en: 'Decision',
      choices: {
        confirmed: { zh: '采纳建议', en: 'Confirmed' },
        declined: { zh: '不采纳建议', en: 'Declined' },
      },
    },
    reason: { zh: '决定理由', en: 'Reasons' },
    scope: {
      zh: '通报范围',
      en: 'Scope of the circular',
      when: { field: 'outcome', is: ['confirmed'] },
      help: { zh: '决定通报的必须填写。', en: 'Needed where a circular is confirmed.' },
    },
    media: {
      zh: '公开通报文本',
      en: 'Text for publication',
      when: { field: 'outcome', is: ['confirmed'] },
    },
    irregular: {
      zh: '不予通报的说明',
      en: 'Why no circular is issued',
      when: { field: 'outcome', is: ['declined'] },
      help: {
        zh: '首次约谈应当通报；不予通报的必须说明。',
        en: 'A first interview is circulated as a rule; declining needs a reason.',
      },
    },
    'irregular.reason': { zh: '不予通报的理由', en: 'Reason for not circulating' },
  },
  annul: {
    reason: {
      zh: '撤销理由',
      en: 'Reason for annulling it',
      help: {
        zh: '写入约谈撤销通知，发给有关文书的全部收件方。',
        en: 'Printed in the notice to everybody who got its letters.',
      },
    },
  },
  dispute: {
    grounds: { zh: '异议理由', en: 'Grounds of the dispute' },
    against: {
      zh: '对什么提出异议',
      en: 'What is disputed',
      choices: {
        interview: { zh: '约谈', en: 'The interview' },
        review: { zh: '最近一次复核', en: 'The last review' },
      },
      help: { zh: '不填的为约谈。', en: 'Left out, the interview.' },
    },
  },
  'decide-dispute': {
    outcome: {
      zh: '裁决结果',
      en: 'Decision',
      choices: {
        maintained: { zh: '维持', en: 'What is disputed stands' },
        revoked: { zh: '撤销', en: 'What is disputed is taken back' },
      },
      help: {
        zh: '撤销约谈的不再计入次数；撤销复核的恢复到复核之前。',
        en: 'An interview that is taken back is annulled; a review leads back to where the matter stood before it.',
      },
    },
    against: {
      zh: '裁决哪一异议',
      en: 'What is decided',
      choices: { interview: { zh: '约谈', en: 'The interview' }, review: { zh: '复核', en: 'The review' } },
      help: { zh: '约谈和复核均有异议的必须填写。', en: 'Needed where both are disputed.' },
    },
    reason: { zh: '裁决理由', en: 'Reasons' },
  },
  'name-reviewer': { unit: { zh: '裁决机关', en: 'Unit that decides', widget: 'unit' } },
  'decide-origin': {
    outcome: {
      zh: '如何处理',
      en: 'What becomes of it',
      choices: {
        maintained: { zh: '约谈继续有效', en: 'The interview goes on' },
        revoked: { zh: '不再约谈或者撤销约谈', en: 'The interview ends, or is annulled' },
      },
      help: {
        zh: '作为起因的提醒函已经撤销。尚未约谈的不再进行，已经约谈的予以撤销并不再计入次数。',
        en: 'The reminder that it came from was revoked. One that was not held does not take place; one that was held is annulled and no longer counts.',
      },
    },
    reason: { zh: '理由', en: 'Reasons' },
  },
};
