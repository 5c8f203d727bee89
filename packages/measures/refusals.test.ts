import { commonRefusals, type RefusalTable } from '@dandang/casework/refusal.ts';
import { measures } from './registry.ts';
import { reminderRefusals } from './reminder/refusals.ts';

const own = measures.flatMap(({ kind, refusals }) =>
  Object.entries(refusals).map(([code, text]) => ({ kind, code, ...text })),
);

test.each(own)('$kind has a text for $code in Chinese and in English', ({ status, zh, en }) => {
  expect(status).toBe(422);
  expect(zh).toMatch(/\p{Script=Han}/u);
  expect(en).toMatch(/^[\x20-\x7e]+$/);
});

test('a code has one meaning: no measure says in its own words what others can say, too', () => {
  const common: RefusalTable = commonRefusals;
  const codes = own.map(({ code }) => code);
  expect(codes.length).toBeGreaterThan(40);
  expect(codes.filter((code, at) => codes.indexOf(code) !== at || common[code] !== undefined)).toEqual([]);
});

test.each(['not-in-charge', 'reply-term-unset'] as const)('answers %s with 422', (code) => {
  expect(reminderRefusals[code].status).toBe(422);
});
