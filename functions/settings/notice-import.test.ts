import { readNotice } from './notice-import.ts';

const head = '国务院办公厅关于2027年部分节假日安排的通知 国办发明电〔2026〕9号 ';
const foot = '国务院办公厅2026年11月1日';
const ofYear = (body: string): string => `${head}${body}${foot}`;

/** What is wrong with a notice, as it is told. */
function wrongWith(text: string, more: Readonly<Record<string, string>> = {}): readonly string[] {
  const read = readNotice({ text: text.slice(0, 20_000), dryRun: true, ...more }, []);
  return 'refused' in read ? (read.errors ?? []).map(({ zh }) => zh) : [];
}

describe('a holiday longer than a month is a slip in the date', () => {
  test.each([
    ['its year', '2027年1月1日至9999年12月31日放假'],
    ['its year, by one', '2027年1月1日至2028年1月3日放假'],
    ['its month', '1月1日至10月3日放假'],
    ['the day after a month', '1月1日至2月1日放假'],
  ])('in %s', (_what, clause) => {
    expect(wrongWith(ofYear(`一、元旦：${clause}。`))).toEqual([`放假起止超过31天，请核对年份和月份（${clause}）`]);
  });

  test('and a month is none', () => {
    expect(wrongWith(ofYear('一、元旦：1月1日至31日放假。')).join()).not.toContain('请核对年份');
  });

  test.each([
    ['extends', '延长', '延长2026年春节假期至9999年12月31日。', '春节假期延长超过31天'],
    ['moves', '调整', '一、2026年5月1日至9999年5月4日放假。', '放假起止超过31天'],
  ])('in an amendment that %s one', (_what, word, body, message) => {
    const holiday = word === '延长' ? '春节' : '劳动节';
    const title = `国务院办公厅关于${word}2026年${holiday}假期${word === '延长' ? '' : '安排'}的通知 国办发明电〔2026〕1号 `;
    expect(wrongWith(`${title}${body}${foot}`)).toEqual([expect.stringContaining(message)]);
  });
});

describe('twenty kilobytes of anything are told what is wrong in a few words, at once', () => {
  test.each([
    ['of years mistyped', ofYear('一、元旦：2027年1月1日至9999年12月31日放假。'.repeat(450)), '问题过多'],
    ['of months off', ofYear('一、元旦：1月1日至1月31日放假。'.repeat(900)), '放假安排过多'],
    ['of months in one holiday', ofYear(`一、元旦：${'1月1日至1月31日放假。'.repeat(1200)}`), '放假安排过多'],
    ['of days worked', ofYear(`一、元旦：1月1日放假。${'1月2日、'.repeat(3000)}上班。`), '放假安排过多'],
    ['of dates that do not exist', ofYear(`一、元旦：${'2月31日、'.repeat(3000)}上班。`), '问题过多'],
    ['of remarks', ofYear(`一、元旦：1月1日至2日放假${'，乱七八糟'.repeat(3500)}。`), '问题过多'],
    ['of holidays without a day', ofYear('一、元旦：'.repeat(3500)), '问题过多'],
    ['of lines of a table', '2027-01-01,off,元旦\n'.repeat(1200), '表格超过400行'],
    ['of lines that are none', '2027-1-1,x\n'.repeat(1600), '问题过多'],
  ])('%s', (_what, text, message) => {
    const started = process.cpuUsage();
    const wrong = wrongWith(text, { docNo: '国办发明电〔2026〕9号', date: '2026-11-01' });
    const { user } = process.cpuUsage(started);
    expect(wrong.length).toBeLessThanOrEqual(31);
    expect(wrong.join().length).toBeLessThan(15_000);
    expect(wrong.join()).toContain(message);
    // Generous, for a busy machine: what is meant took seconds, and a hundred megabytes.
    expect(user / 1000).toBeLessThan(1000);
  });
});
