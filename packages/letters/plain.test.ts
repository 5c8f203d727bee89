import type { LetterContent } from './letter.ts';
import { plainText } from './plain.ts';

const issued: LetterContent = {
  layout: 'document',
  issuer: '演示市委文件',
  title: '关于容错的\n决定',
  number: '演容决〔2026〕3号',
  addressees: ['李四同志', '王五同志'],
  body: [
    { kind: 'heading', level: 1, text: '一、事实' },
    { kind: 'paragraph', text: '　　第一段。\n\n第二段。' },
    { kind: 'form-line', label: '时间', text: '9时' },
    { kind: 'form-line', label: '签名', text: '' },
    { kind: 'table', header: ['序号', '要求'], rows: [['1', '整改\n复核'], ['2']] },
  ],
  attachments: ['情况说明', '记录'],
  signatories: ['演示市委'],
  date: '2026-11-02',
  note: '联系人：赵六',
  copies: ['市纪委监委', '市审计局'],
  printedBy: '市委办公室',
  printedOn: '2026-11-03',
  sealed: true,
  marking: '演示',
};

describe('the plain text of a letter', () => {
  test('stays as it was when the letter was issued', () => {
    expect(plainText(issued).split('\n')).toEqual([
      '演示',
      '演示市委文件',
      '演容决〔2026〕3号',
      '关于容错的',
      '决定',
      '李四同志，王五同志：',
      '一、事实',
      '第一段。',
      '第二段。',
      '时间：9时',
      '签名：＿＿＿＿＿＿＿＿＿＿',
      '序号',
      '要求',
      '1',
      '整改',
      '复核',
      '2',
      '附件：1. 情况说明',
      '2. 记录',
      '演示市委',
      '2026年11月2日',
      '（联系人：赵六）',
      '抄送：市纪委监委，市审计局。',
      '市委办公室 2026年11月3日印发',
    ]);
  });

  test('has neither 印发机关 nor 印发日期 in 信函格式 (10.1)', () => {
    expect(plainText({ ...issued, layout: 'letter' })).not.toContain('印发');
  });

  test('gives a single annex no number (7.3.4)', () => {
    expect(plainText({ ...issued, attachments: ['情况说明'] })).toContain('\n附件：情况说明\n');
  });

  test('is refused for a date that does not exist', () => {
    expect(() => plainText({ ...issued, date: '2026-02-29' })).toThrow(RangeError);
  });
});
