/**
 * What an official's or a unit's past may be asked for. The names are Yichang's list of what a tolerance may not affect
 * (三峡日报 2023-03-28, “容错结果如何运用”).
 */
export const purposes = [
  { id: 'assessment', name: '考核评价' },
  { id: 'inspection', name: '巡察' },
  { id: 'audit', name: '经济责任审计' },
  { id: 'promotion', name: '选拔任用' },
  { id: 'rank', name: '职务职级晋升' },
  { id: 'title', name: '职称评聘' },
  { id: 'pay', name: '工资、绩效、奖金' },
  { id: 'representative', name: '党代表、人大代表、政协委员资格认定' },
  { id: 'commendation', name: '评先评优、表彰奖励' },
] as const;

export type Purpose = (typeof purposes)[number]['id'];
export const purposeIds: readonly Purpose[] = purposes.map(({ id }) => id);
