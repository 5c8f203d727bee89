import { inputSchema, withFields as walkFields } from '@dandang/casework/input-schema.ts';
import { commonRefusals, type Refusal, type RefusalTable, type RefusalText } from '@dandang/casework/refusal.ts';
import { withFields } from '@dandang/casework/refused-fields.ts';
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

describe('a rule’s refusal', () => {
  const codes = [
    ...Object.entries<RefusalText>(commonRefusals),
    ...measures.flatMap(({ refusals }) => Object.entries(refusals)),
  ];
  const rules = codes.filter(([, { status }]) => status === 422);

  test.each(rules)('%s says in which fields it can be, or that it is about the whole', (_code, { about }) => {
    expect(about === 'whole' || (about?.length ?? 0) > 0).toBe(true);
  });

  test('is about fields that some body has', () => {
    const fields = new Set<string>();
    const inputs = measures.flatMap(({ openingSheet, commandSheets }) => [openingSheet, ...commandSheets]);
    for (const { input } of inputs)
      walkFields(inputSchema(input), ({ path, schema }) => {
        fields.add(path);
        return schema;
      });
    // Those of deliveries, units, officials and projects, which no measure has.
    for (const one of ['onPaper.on', 'onPaper.attachment', 'succeededBy', 'inChargeOf.*', 'kinds.*']) fields.add(one);
    const named = rules.flatMap(([code, { about = [] }]) =>
      about === 'whole' ? [] : about.map((path) => [code, path]),
    );
    const parents = (path: string) => [path, path.replace(/\.\*$/, '')];
    expect(named.filter(([, path = '']) => !parents(path).some((one) => fields.has(one)))).toEqual([]);
  });

  const table = { ...commonRefusals, ...reminderRefusals, ...measures.find(({ kind }) => kind === 'reward')?.refusals };
  const pathsOf = (refusal: Refusal, body: unknown) => withFields(refusal, body, table).errors?.map(({ path }) => path);

  test.each([
    [
      'the field that holds what it names',
      { refused: 'unknown-official', detail: 'b' },
      { leader: 'a', officials: ['c', 'b'] },
      ['officials.1'],
    ],
    ['the one field that it can be', { refused: 'not-in-charge' }, { leader: 'a', unit: 'b' }, ['leader']],
    [
      'what a group holds inside',
      { refused: 'unknown-unit', detail: 'x' },
      { unit: 'y', assist: [{ unit: 'y' }, { unit: 'x' }] },
      ['assist.1.unit'],
    ],
    [
      'a list as a whole, where nobody said which',
      { refused: 'unit-mismatch', detail: '张三' },
      { officials: ['a', 'b'] },
      ['officials'],
    ],
    [
      'what the rule says itself',
      { refused: 'citation-missing', at: ['citations.1'] },
      { citations: [{}] },
      ['citations.1'],
    ],
    ['nothing, for what came from elsewhere', { refused: 'unknown-unit', detail: 'mine' }, { unit: 'y' }, undefined],
    ['nothing, for what is about the whole', { refused: 'urged-recently' }, { message: 'x' }, undefined],
  ])('names %s', (_what, refusal, body, paths) => {
    expect(pathsOf(refusal, body)).toEqual(paths);
  });
});

test.each(['not-in-charge', 'reply-term-unset'] as const)('answers %s with 422', (code) => {
  expect(reminderRefusals[code].status).toBe(422);
});
