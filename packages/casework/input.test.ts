import fc from 'fast-check';
import * as z from 'zod/mini';
import { characters, freeText, idText, longestText, nameText, parseInput, shortText } from './input.ts';

const schema = z.strictObject({
  title: freeText,
  note: z.optional(freeText),
  unit: idText,
  within: z.optional(z.strictObject({ amount: z.number(), unit: z.enum(['day', 'month']) })),
  steps: z.optional(z.array(z.strictObject({ text: freeText }))),
});
const good = { title: '关于……', unit: 'housing' };

const refusalOf = (body: unknown): { readonly code: string; readonly paths: readonly string[] } | undefined => {
  const parsed = parseInput(schema, body);
  if (parsed.ok) return undefined;
  return { code: parsed.refusal.refused, paths: (parsed.refusal.errors ?? []).map((error) => error.path) };
};

describe('a body', () => {
  test('that fits is kept exactly as it was entered, blanks and line ends included', () => {
    const body = { ...good, title: '  两端有空格\r\n', note: '\u3000缩进' };
    expect(parseInput(schema, body)).toEqual({ ok: true, value: body });
  });

  test.each([
    ['a missing field', { unit: 'housing' }, ['title']],
    ['a field of another type', { ...good, title: 1 }, ['title']],
    ['null instead of a text', { ...good, note: null }, ['note']],
    ['a blank text', { ...good, title: ' \n\u3000' }, ['title']],
    ['an empty text', { ...good, title: '' }, ['title']],
    ['a value that is not on the list', { ...good, within: { amount: 1, unit: 'year' } }, ['within.unit']],
    ['something wrong deep inside', { ...good, steps: [{ text: 'a' }, { text: '' }] }, ['steps.1.text']],
    ['an unknown field', { ...good, extra: 1 }, ['extra']],
    ['an unknown field deep inside', { ...good, steps: [{ text: 'a', extra: 1 }] }, ['steps.0.extra']],
    ['several unknown fields', { ...good, a: 1, b: 2 }, ['a', 'b']],
    ['several wrong things', { title: '', unit: 'a b' }, ['title', 'unit']],
    ['no object', '担当', ['']],
    ['nothing', undefined, ['']],
    ['null', null, ['']],
    ['a list', [], ['']],
  ])('with %s is malformed and names the path', (_what, body, paths) => {
    expect(refusalOf(body)).toEqual({ code: 'malformed', paths });
  });

  test('that brings fields of every object’s own is malformed like any other', () => {
    expect(refusalOf(JSON.parse('{"title":"a","unit":"b","__proto__":{"x":1}}'))?.code).toBe('malformed');
    expect(refusalOf({ ...good, constructor: 1 })).toEqual({ code: 'malformed', paths: ['constructor'] });
  });

  test('tells what is missing from what is of another type', () => {
    const told = (body: unknown) => {
      const parsed = parseInput(schema, body);
      return parsed.ok ? undefined : parsed.refusal.errors?.map(({ path, en }) => [path, en]);
    };
    expect(told({ title: 1 })).toEqual([
      ['title', 'wrong type'],
      ['unit', 'missing'],
    ]);
    expect(told({ ...good, within: { amount: 1 } })).toEqual([['within.unit', 'missing']]);
  });

  test('names the field of the member of a union that is meant', () => {
    const subjects = z.strictObject({
      subjects: z.array(
        z.union([
          z.strictObject({ official: idText, responsibility: z.enum(['principal', 'direct']) }),
          z.strictObject({ group: z.strictObject({ unit: idText, name: freeText }) }),
        ]),
      ),
    });
    const paths = (one: unknown) => {
      const parsed = parseInput(subjects, { subjects: [one] });
      return parsed.ok ? undefined : parsed.refusal.errors?.map(({ path }) => path);
    };
    expect(paths({ official: 'a' })).toEqual(['subjects.0.responsibility']);
    expect(paths({ official: 'a b', responsibility: 'x' })).toEqual([
      'subjects.0.official',
      'subjects.0.responsibility',
    ]);
    expect(paths({ group: { unit: 'housing', name: ' ' } })).toEqual(['subjects.0.group.name']);
    for (const neither of [{}, 'x', { other: 1 }]) expect(paths(neither)).toEqual(['subjects.0']);
  });

  test('says what is wrong in Chinese and in English', () => {
    const parsed = parseInput(schema, { ...good, extra: 1 });
    expect(parsed.ok ? undefined : parsed.refusal.errors).toEqual([
      { path: 'extra', zh: '不认识的字段', en: 'unknown field' },
    ]);
  });

  test('never makes the parser throw', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(parseInput(schema, body).ok).toBe(false);
      }),
    );
  });
});

test('of a body that is wrong all over a hundred errors are named', () => {
  const list = z.strictObject({ days: z.array(z.string()) });
  const errorsIn = (body: unknown) => {
    const parsed = parseInput(list, body);
    return parsed.ok ? [] : (parsed.refusal.errors ?? []);
  };
  expect(errorsIn({ days: Array.from({ length: 5000 }, () => 1) }).map(({ path }) => path)).toEqual(
    Array.from({ length: 100 }, (_, at) => `days.${at}`),
  );
  const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`field${at}`, 1]));
  expect(errorsIn({ days: [], ...unknown })).toHaveLength(100);
});

describe.each([
  ['a free text', freeText],
  ['a line', shortText],
  ['a name', nameText],
])('%s', (_what, field) => {
  const entered = z.strictObject({ field });
  const blanks =
    ' \u3000\u00a0\u00ad\u034f\u115f\u1160\u180e\u200b\u200d\u200e\u202e\u2060\u2064\u2066\u2800\u3164\ufe0f\ufeff\uffa0\u{e0020}\u0007\u0085';

  test('that prints nothing is malformed, whatever it is made of', () => {
    for (const blank of [...Array.from(blanks), blanks]) {
      const parsed = parseInput(entered, { field: blank });
      expect(parsed.ok ? `taken: U+${blank.codePointAt(0)?.toString(16) ?? ''}` : parsed.refusal.errors).toEqual([
        { path: 'field', zh: '格式不正确或为空白', en: 'wrong format, or blank' },
      ]);
    }
  });

  test('is kept without marks of writing direction', () => {
    expect(parseInput(entered, { field: '关于\u202e推进\u200f工作\u2069' })).toEqual({
      ok: true,
      value: { field: '关于推进工作' },
    });
  });
});

describe('a text', () => {
  test.each([
    ['Chinese', '长'],
    ['emoji outside the first plane, which are two code units', '😀'],
    ['ASCII', 'x'],
  ])('of 20,000 characters fits, of 20,001 is too long: %s', (_what, character) => {
    expect(refusalOf({ ...good, title: character.repeat(longestText) })).toBeUndefined();
    expect(refusalOf({ ...good, title: character.repeat(longestText + 1) })).toEqual({
      code: 'too-long',
      paths: ['title'],
    });
  });

  test('that is too long beside something else is malformed, with both paths', () => {
    const long = '长'.repeat(longestText + 1);
    expect(refusalOf({ title: long, unit: '' })).toEqual({ code: 'malformed', paths: ['title', 'unit'] });
    expect(refusalOf({ ...good, title: long, extra: 1 })).toEqual({ code: 'malformed', paths: ['title', 'extra'] });
    expect(refusalOf({ ...good, title: long, note: long })).toEqual({ code: 'too-long', paths: ['title', 'note'] });
  });

  test('is counted by code points', () => {
    expect(['', 'a', '担当', '😀', '𠮷', 'e\u0301'].map(characters)).toEqual([0, 1, 2, 1, 1, 2]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(characters(text)).toBe(Array.from(text).length);
      }),
    );
  });
});

describe('an id', () => {
  test.each(['a', 'housing-director', 'A_9', 'x'.repeat(64)])('may be %s', (id) => {
    expect(idText.safeParse(id).success).toBe(true);
  });

  test.each(['', 'a b', 'a/b', 'a#b', '住建局', 'x'.repeat(65), 'a\n', '../a'])('may not be %j', (id) => {
    expect(idText.safeParse(id).success).toBe(false);
  });
});
