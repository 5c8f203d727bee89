import type { SettingChanges } from '@dandang/policy/settings.ts';

const own = (id: string, name: string, reference: string) => ({ id, name, reference: `${reference}（演示）` });

/** What the administrator of a city sets where its article leaves something open: invented, every reference marked. */
export const cityCompletions = {
  'reminder.circumstances': [own('own-reminder', '本市规定应当提醒的情形', '本市提醒办法第三条')],
  'reminder.replyWithin': { amount: 5, unit: 'working-day' },
  'reminder.series': '演督函',
  'interview.circumstances': [own('own-interview', '本市规定应当约谈的情形', '本市约谈办法第三条')],
  'interview.series': '演约',
  'interview.windowBasis': 'rolling',
  'interview.counts': 'persons',
  'tolerance.circumstances': [own('own-tolerable', '本市规定可以容错的情形', '本市容错办法第三条')],
  'tolerance.factors': [own('own-motive', '主观动机', '本市容错办法第四条')],
  'tolerance.copies': [
    own('unit', '所在单位党组织', '本市容错办法第五条'),
    own('organization', '组织部门', '本市容错办法第五条'),
  ],
  'tolerance.effects': [
    {
      outcome: 'exempt',
      purposes: ['promotion'],
      text: '选拔任用不受影响',
      reference: '本市容错办法第六条（演示）',
    },
  ],
  'tolerance.series': '演容',
  'riskFiling.receiver': 'discipline',
  'clarification.series': '演澄',
  'reward.series': '演奖',
  'reward.noticeWorkingDays': 5,
} as const satisfies SettingChanges;
