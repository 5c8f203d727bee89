import { printedTitle } from './printable.ts';

describe('a title as it is shown', () => {
  test.each([
    ['on one line', '关于容错的\n决定', '关于容错的决定'],
    ['with a space between two words of letters', 'Planning\u2028Office', 'Planning Office'],
    ['without controls and marks of writing direction', '关于\u202e推进\u0007\u2066工作', '关于推进工作'],
    ['without blanks at its ends', '\u3000提醒函 ', '提醒函'],
  ])('is %s', (_what, typed, shown) => {
    expect(printedTitle(typed)).toBe(shown);
  });
});
