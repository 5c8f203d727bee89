import { renderHtml } from './html.ts';
import type { LetterContent } from './letter.ts';

const letter: LetterContent = {
  layout: 'document',
  issuer: '演示市委文件',
  title: '<script>alert(1)</script>',
  addressees: ['李四同志'],
  body: [{ kind: 'table', header: ['序号'], rows: [['"><img src=x onerror=alert(1)>']] }],
  attachments: [],
  signatories: ['演示市委'],
  date: '2026-11-02',
  copies: ['市审计局'],
  sealed: false,
  marking: "演'示}</style>",
};

describe('the page of a letter', () => {
  test('says its language and fits a telephone', () => {
    expect(renderHtml(letter)).toContain('<html lang="zh-CN">');
    expect(renderHtml(letter)).toContain('<meta name="viewport" content="width=device-width,initial-scale=1">');
  });

  test('loads nothing and runs nothing', () => {
    const html = renderHtml(letter);
    expect(html).not.toMatch(/<(?:script|link|img|iframe|object)\b|\son\w+=[^&]*>|url\(|@import/iu);
    expect(html).toContain('<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>');
  });

  test('cannot be left by a marking that stands in its styles', () => {
    const html = renderHtml(letter);
    expect(html.split('</style>')).toHaveLength(2);
    expect(html).toContain(String.raw`content:'\6f14 \27 \793a \7d `);
  });

  test('has the red lines of 信函格式 only there', () => {
    expect(renderHtml(letter)).not.toContain('class="line');
    expect(renderHtml({ ...letter, layout: 'letter' }).split('class="line')).toHaveLength(3);
  });
});
