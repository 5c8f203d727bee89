import fc from 'fast-check';
import { letterFileName } from './file-name.ts';

const date = '2026-09-04';

describe('the name of a letter as a file', () => {
  test.each([
    [{ typeName: '约谈通知书', number: '演约〔2026〕1号', date }, '演约〔2026〕1号 约谈通知书'],
    [{ typeName: '催办通知', regarding: '演约〔2026〕1号', date }, '关于演约〔2026〕1号的催办通知'],
    [{ typeName: '约谈记录', date }, '约谈记录 2026年9月4日'],
    [{ typeName: '澄清函', number: '..演/澄:〔2026〕*1号?', date }, '演／澄：〔2026〕＊1号？ 澄清函'],
  ])('says number and type as on paper: %j', (letter, name) => {
    expect(letterFileName(letter)).toBe(name);
  });

  test('can be kept on every system, whatever series and types are called', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.string({ unit: 'binary', maxLength: 300 }),
        (a, b) => {
          const name = letterFileName({ typeName: `函${a}`, number: `${b}1号`, date });
          expect(name).toMatch(/^[^<>:"/\\|?*\p{Cc}\u202a-\u202e\u2066-\u2069]+$/u);
          expect(name).not.toMatch(/^\.|[. ]$/u);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
          expect(name.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});
