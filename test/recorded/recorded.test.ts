import { unseal, verifyChain } from '@dandang/casework/commit.ts';
import { measures } from '@dandang/measures/registry.ts';
import { parseKey } from '@dandang/store/keys.ts';
import { withoutAdded } from './added-fields.ts';
import { answersAt } from './answers.ts';
import { commonEvents, ownEvents } from './event-types.ts';
import { keep, recordedBy, type RecordedFile, recordedReleases } from './recorded-file.ts';
import { unreleased } from './unreleased.ts';

/*
 * What was written is read for ever (docs/decisions/0012): every file that a release really wrote folds, and what the
 * service says of it is what it said then. A recording is never rewritten; an answer changes only with docs/http.md.
 */

const releases = await recordedReleases();
const files = new Map(await Promise.all(releases.map(async (name) => [name, await recordedBy(name)] as const)));
const all: readonly RecordedFile[] = [...files.values()].flat();
const matterKinds = new Set(measures.map(({ kind }) => kind));

/** The events of the files of one kind, whichever release wrote them. */
const eventsOf = (kinds: (kind: string) => boolean): ReadonlySet<string> =>
  new Set(
    all
      .filter(({ file }) => kinds(parseKey(file).kind))
      .flatMap(({ commits }) => commits.flatMap((one) => unseal(one).events.map(({ type }) => type))),
  );

test('release 0.1.0 is recorded', () => {
  expect(releases).toContain('0.1.0');
});

test.each(Object.entries(ownEvents))('every event of a %s is in a recorded file', (kind, types) => {
  const recorded = eventsOf((one) => one === kind);
  expect(types.filter((type) => !recorded.has(type))).toEqual(unreleased[kind] ?? []);
});

test('every event that a matter of any measure may hold is in a recorded file', () => {
  const recorded = eventsOf((kind) => matterKinds.has(kind));
  expect(commonEvents.filter((type) => !recorded.has(type))).toEqual(unreleased['matter'] ?? []);
});

test('nothing is recorded of a kind whose events are not listed', () => {
  const kinds = new Set(all.map(({ file }) => parseKey(file).kind));
  expect([...kinds].filter((kind) => !(kind in ownEvents))).toEqual([]);
  for (const { kind } of measures) if (!(kind in unreleased)) expect(kinds).toContain(kind);
});

test('a release that is recorded is not recorded again', async () => {
  await expect(keep('0.1.0', all)).rejects.toThrow('never rewritten');
});

describe.each(releases)('the files of release %s', (release) => {
  const recorded = files.get(release) ?? [];
  const now = recorded[0]?.now ?? '';

  test('are whole', () => {
    for (const { file, commits } of recorded)
      expect([file, verifyChain(file, commits)]).toEqual([file, { intact: true }]);
  });

  test('answer what they answered then', async () => {
    const ask = await answersAt(
      now,
      recorded.map(({ commits }) => commits),
    );
    for (const { file, answers } of recorded) {
      const heard: unknown = JSON.parse(JSON.stringify(await ask(file)));
      expect([file, withoutAdded(heard)]).toEqual([file, answers]);
    }
  });
});
