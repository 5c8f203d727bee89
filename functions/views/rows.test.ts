import type { Commit } from '@dandang/casework/commit.ts';
import { held } from '../../test/story/interview-town.ts';
import { projection, rowsSince } from './rows.ts';

const interviewed = held().commits;
const ref = { kind: 'interview', id: 'm1' };

/** The interview, pressed again and again until its file has so many commits. */
function pressed(length: number): Commit[] {
  const last = interviewed.at(-1);
  if (last === undefined) throw new Error('the story is empty');
  const more = Array.from({ length: length - interviewed.length }, (_, n): Commit => ({
    ...last,
    version: interviewed.length + n + 1,
    command: 'urge',
    events: [{ type: 'Urged', data: {} }],
  }));
  return [...interviewed, ...more];
}

/** The same file, which counts how often anybody looks at what a commit says. */
function counted(file: readonly Commit[]): { readonly file: Commit[]; readonly looks: () => number } {
  let looks = 0;
  const watched = file.map((commit) => ({
    ...commit,
    get events() {
      looks += 1;
      return commit.events;
    },
  }));
  return { file: watched, looks: () => looks };
}

test('a row carries the version at which it came to be what it is, the head that of the file', () => {
  const versions = new Map(projection(ref, pressed(40)).map(({ sk, version }) => [sk, version]));
  expect(versions.get('head')).toBe(40);
  expect(versions.get('party#role:supervision')).toBe(1);
  const stateSince = interviewed.find(({ events }) => events.some(({ type }) => type === 'InterviewHeld'))?.version;
  expect(stateSince).toBeDefined();
  expect(versions.get('state')).toBe(stateSince);
});

test('what is told from a known version on is what the whole file tells', () => {
  const file = pressed(interviewed.length + 3);
  const whole = new Map(projection(ref, file).map((row) => [row.sk, row]));
  for (let known = 1; known <= file.length; known += 1) {
    const rows = rowsSince(ref, file, known);
    expect(rows.at(-1)?.sk).toBe('head');
    for (const { since, ...row } of rows) {
      const { version = 0, ...same } = whole.get(row.sk) ?? {};
      expect(row).toEqual(same);
      expect(since ?? known).toBeGreaterThanOrEqual(since === undefined ? version : known + 1);
      if (since !== undefined) expect(since).toBe(version);
    }
    const told = new Set(rows.map(({ sk }) => sk));
    const untold = [...whole.values()].filter(({ sk }) => !told.has(sk));
    expect(untold.filter(({ version, listing }) => version > known || listing !== undefined)).toEqual([]);
  }
});

test('a file is gone through once, however long it is', () => {
  const short = counted(pressed(100));
  projection(ref, short.file);
  const long = counted(pressed(1000));
  projection(ref, long.file);
  expect(long.looks()).toBe(short.looks() * 10);
  expect(long.looks()).toBeLessThanOrEqual(3000);
});
