import { commonRefusals, isRefusal, refuse, refuseWith } from './refusal.ts';

describe('the common table of refusals', () => {
  /** The contract's own table, and the codes of rules that this service knows so far. */
  test.each([
    ['malformed', 400],
    ['unauthenticated', 401],
    ['not-yours', 403],
    ['not-found', 404],
    ['not-now', 409],
    ['conflict', 409],
    ['stale', 412],
    ['wrong-method', 405],
    ['too-large', 413],
    ['misdirected', 421],
    ['slow-down', 429],
    ['key-reused', 422],
    ['unknown-unit', 422],
    ['unknown-official', 422],
    ['unknown-circumstance', 422],
    ['no-address', 422],
    ['no-calendar', 422],
    ['too-long', 422],
    ['handler-is-subject', 422],
    ['recused', 422],
    ['date-passed', 422],
    ['own-approval', 422],
    ['reviewer-took-part', 422],
    ['attachment-missing', 422],
    ['attachment-mismatch', 422],
  ] as const)('answers %s with %i', (code, status) => {
    expect(commonRefusals[code].status).toBe(status);
  });

  test.each(Object.entries(commonRefusals))('has a text for %s in Chinese and in English', (_code, { zh, en }) => {
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).toMatch(/^[\x20-\x7e]+$/);
  });
});

test('a measure refuses with its own codes and the common ones, and with no other', () => {
  const own = refuseWith({ 'too-early': { status: 422, zh: '为时过早', en: 'Too early' } });
  expect([own('too-early'), own('recused', { detail: '回避' })]).toEqual([
    { refused: 'too-early' },
    { refused: 'recused', detail: '回避' },
  ]);
  // @ts-expect-error: nobody could say what is meant.
  own('too-late');
});

test('a refusal is told from events', () => {
  expect(isRefusal(refuse('not-now', { state: 'draft' }))).toBe(true);
  for (const other of [[], null, undefined, {}, 'refused', [{ type: 'x', data: {} }]])
    expect(isRefusal(other)).toBe(false);
});
