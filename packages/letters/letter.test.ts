import * as z from 'zod/mini';
import { letterContent, letterLength } from './letter.ts';

const letter = {
  layout: 'letter',
  issuer: '督查室',
  title: '提醒函',
  addressees: ['住建局'],
  body: [
    { kind: 'paragraph', text: '请反馈😀' },
    { kind: 'table', header: ['序号'], rows: [['1', '二']] },
  ],
  attachments: [],
  signatories: ['督查室'],
  date: '2026-11-02',
  copies: [],
  sealed: true,
};

describe('a letter’s content', () => {
  test('is accepted and comes back as it was', () => {
    expect(z.parse(letterContent, letter)).toEqual(letter);
  });

  test.each([
    ['an unknown field', { ...letter, secret: '机密' }],
    ['a date that does not exist', { ...letter, date: '2026-02-29' }],
    ['an empty title', { ...letter, title: '' }],
    ['an unknown layout', { ...letter, layout: 'order' }],
    ['an unknown block', { ...letter, body: [{ kind: 'image' }] }],
    ['a heading of a fifth level', { ...letter, body: [{ kind: 'heading', level: 5, text: '一' }] }],
  ])('is refused with %s', (_what, content) => {
    expect(z.safeParse(letterContent, content).success).toBe(false);
  });

  test('is as long as all its text, an emoji counting as one character', () => {
    const content = z.parse(letterContent, letter);
    const kindsAndLayout = 'letter'.length + 'paragraph'.length + 'table'.length;
    expect(letterLength(content)).toBe(kindsAndLayout + 3 + 3 + 3 + 4 + 4 + 3 + 10);
  });
});
