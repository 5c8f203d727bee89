import { ordinal } from './ordinal.ts';

describe('结构层次序数', () => {
  test('follows the four levels of 7.3.3', () => {
    expect([ordinal(1, 2), ordinal(2, 2), ordinal(3, 2), ordinal(4, 2)]).toEqual(['二、', '（二）', '2.', '（2）']);
  });

  test.each([
    [1, '一、'],
    [10, '十、'],
    [11, '十一、'],
    [20, '二十、'],
    [99, '九十九、'],
  ])('writes %i in Chinese', (n, text) => {
    expect(ordinal(1, n)).toBe(text);
  });

  test.each([0, 100, 1.5])('refuses %d', (n) => {
    expect(() => ordinal(3, n)).toThrow(RangeError);
  });
});
