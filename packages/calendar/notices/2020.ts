import { amend, arrangeYear } from '../calendar-year.ts';

/** 2020 as first announced; from 26 January 2020 the extension of the Spring Festival holds instead. */
export const announced2020 = arrangeYear(
  2020,
  [
    {
      docNo: '国办发明电〔2019〕16号',
      date: '2019-11-21',
      url: 'http://www.gov.cn/zhengce/content/2019-11/21/content_5454164.htm',
    },
  ],
  [
    { name: '元旦', off: ['2020-01-01', '2020-01-01'] },
    { name: '春节', off: ['2020-01-24', '2020-01-30'], work: ['2020-01-19', '2020-02-01'] },
    { name: '清明节', off: ['2020-04-04', '2020-04-06'] },
    { name: '劳动节', off: ['2020-05-01', '2020-05-05'], work: ['2020-04-26', '2020-05-09'] },
    { name: '端午节', off: ['2020-06-25', '2020-06-27'], work: ['2020-06-28'] },
    { name: '国庆节、中秋节', off: ['2020-10-01', '2020-10-08'], work: ['2020-09-27', '2020-10-10'] },
  ],
);

export const year2020 = amend(
  announced2020,
  {
    year: 2020,
    notice: {
      docNo: '国办发明电〔2020〕1号',
      date: '2020-01-26',
      url: 'http://www.gov.cn/zhengce/content/2020-01/27/content_5472352.htm',
    },
    holiday: '春节',
    change: { kind: 'extend', through: '2020-02-02' },
  },
  { days: 2, reason: '为防控疫情延长春节假期：1月31日放假，2月1日不再上班' },
);
