import { arrangeYear } from '../calendar-year.ts';

export const year2024 = arrangeYear(
  2024,
  [
    {
      docNo: '国办发明电〔2023〕7号',
      date: '2023-10-25',
      url: 'https://www.gov.cn/zhengce/content/202310/content_6911527.htm',
    },
  ],
  [
    { name: '元旦', off: ['2024-01-01', '2024-01-01'] },
    // 除夕, 9 February, was a working day: the notice only encouraged employers to give leave.
    { name: '春节', off: ['2024-02-10', '2024-02-17'], work: ['2024-02-04', '2024-02-18'] },
    { name: '清明节', off: ['2024-04-04', '2024-04-06'], work: ['2024-04-07'] },
    { name: '劳动节', off: ['2024-05-01', '2024-05-05'], work: ['2024-04-28', '2024-05-11'] },
    { name: '端午节', off: ['2024-06-10', '2024-06-10'] },
    { name: '中秋节', off: ['2024-09-15', '2024-09-17'], work: ['2024-09-14'] },
    { name: '国庆节', off: ['2024-10-01', '2024-10-07'], work: ['2024-09-29', '2024-10-12'] },
  ],
);
