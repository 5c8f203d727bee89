import type { LetterContent } from '@dandang/letters/letter.ts';
import { withNamesOnce } from './names-once.ts';

const letter = (change: Partial<LetterContent>): LetterContent => ({
  layout: 'letter',
  issuer: '督查室',
  title: '关于老旧小区改造的提醒函',
  addressees: [],
  body: [],
  attachments: [],
  signatories: ['督查室'],
  date: '2026-09-15',
  copies: [],
  sealed: true,
  ...change,
});
const body = (...texts: readonly string[]): LetterContent['body'] => texts.map((text) => ({ kind: 'paragraph', text }));
const both = '规建局（原住建局）';

describe('a letter to a unit that another took the place of', () => {
  test('names both once, and the present one after that', () => {
    const written = letter({ addressees: [both], body: body(`请${both}办理，${both}答复。`), copies: [both] });
    expect(withNamesOnce(written, [both])).toEqual(
      letter({ addressees: [both], body: body('请规建局办理，规建局答复。'), copies: ['规建局'] }),
    );
  });

  test('names both where it would name the old one alone', () => {
    const written = letter({ addressees: ['住建局'], body: body('住建局进度滞后。') });
    expect(withNamesOnce(written, [both])).toEqual(letter({ addressees: [both], body: body('住建局进度滞后。') }));
    const told = letter({ addressees: ['张三'], body: body('已向住建局下达提醒函。') });
    expect(withNamesOnce(told, [both]).body).toEqual(body(`已向${both}下达提醒函。`));
  });

  test('names both in its head where the issuing office is the one, and signs with the present name', () => {
    const written = letter({ issuer: both, signatories: [both] });
    expect(withNamesOnce(written, [both])).toMatchObject({ issuer: both, signatories: ['规建局'] });
  });

  test('is left as it is where nobody took anybody’s place', () => {
    const written = letter({ addressees: ['住建局'], body: body('住建局进度滞后。') });
    expect(withNamesOnce(written, ['住建局', '督查室'])).toEqual(written);
  });
});
