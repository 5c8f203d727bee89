import fc from 'fast-check';
import { clockActor, type Commit, firstPreviousHash } from './commit.ts';
import { keptStages } from './kept-stages.ts';

/* A file of commits of which each says one number; `?` is of a newer release, `-` says nothing. */
const commitOf = (version: number, says: string): Commit => ({
  matter: 'story/1',
  version,
  at: '2026-03-02T09:00:00.000+08:00',
  by: clockActor,
  command: 'say',
  request: { id: String(version), body: '' },
  events: says === '-' ? [] : [{ type: says, data: {} }],
  previousHash: firstPreviousHash,
});
const fileOf = (said: readonly string[]): Commit[] => said.map((says, index) => commitOf(index + 1, says));

interface Story {
  readonly said: readonly string[];
  readonly version: number;
}
const folding = () => {
  let steps = 0;
  const stages = keptStages<Story>((before, commit) => {
    steps += 1;
    const [event] = commit.events;
    if (before === undefined && (event === undefined || event.type === '?')) return undefined;
    return { said: [...(before?.said ?? []), event?.type ?? ''], version: commit.version };
  });
  return { ...stages, steps: () => steps };
};

const said = fc.array(fc.constantFrom('a', 'b', 'c', '?', '-'), { maxLength: 12 });

test('whatever was folded before, and in whatever order, a file folds to what it folds to afresh', () => {
  const ask = fc.record({ length: fc.nat({ max: 12 }), from: fc.integer({ min: 0, max: 13 }), last: fc.boolean() });
  fc.assert(
    fc.property(said, fc.array(ask, { maxLength: 8 }), (words, asks) => {
      const file = fileOf(words);
      const kept = folding();
      for (const { length, from, last } of asks) {
        const part = file.slice(0, length);
        const afresh = folding();
        if (last) expect(kept.last('1', part)).toEqual(afresh.last('1', fileOf(words).slice(0, length)));
        else
          expect([...kept.from(from, '1', part)]).toEqual([...afresh.from(from, '1', fileOf(words).slice(0, length))]);
      }
    }),
    { numRuns: 500 },
  );
});

test('a file that grows is folded by one step a commit, also where the stage before is asked for again', () => {
  const { last, from, steps } = folding();
  const file: Commit[] = [];
  for (let version = 1; version <= 50; version += 1) {
    file.push(commitOf(version, 'a'));
    expect(last('1', file)?.version).toBe(version);
    last('1', file.slice(0, -1));
    expect([...from(version, '1', file)].map((stage) => stage.version)).toEqual([version]);
  }
  expect(steps()).toBe(50);
});

test('the same bytes read anew are folded anew: nothing is remembered by name', () => {
  const { last, steps } = folding();
  last('1', fileOf(['a', 'b']));
  last('1', fileOf(['a', 'b']));
  expect(steps()).toBe(4);
});

test('a file that begins with what only a newer release knows says nothing, whatever follows', () => {
  const { last, from } = folding();
  expect(last('1', fileOf(['?', 'a']))).toBeUndefined();
  expect([...from(0, '1', fileOf(['-', '?', 'a']))]).toEqual([]);
});
