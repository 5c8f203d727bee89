import { clockActor } from '@dandang/casework/commit.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { unitKey } from '@dandang/store/keys.ts';
import { memoryCommitStore } from '../../test/store/memory-store.ts';
import { referenceFrom } from './reference.ts';

/** A reference that remembers for a minute which does not pass, and how often each file was read. */
function remembering() {
  const commits = memoryCommitStore();
  const reads: string[] = [];
  const read: typeof commits.read = (matter, options) => {
    reads.push(matter);
    return commits.read(matter, options);
  };
  const reference = referenceFrom({ commits: { read }, policyId: 'yichang', rememberFor: 60_000, elapsed: () => 0 });
  const unit = async (id: string) => (await reference.directory({ units: [id], officials: [] })).unit(id);
  const enter = async (id: string): Promise<void> => {
    const events = [{ type: 'UnitEntered', data: { name: id } }];
    const content = { at: '2026-09-15T10:00:00.000+08:00', by: clockActor, command: 'enter', events };
    await appendToFile(commits, await readFile(commits, unitKey(id)), { ...content, request: { id, body: '' } });
  };
  return { reads, unit, enter };
}

test('what is entered right after it was asked for and not found is found at once', async () => {
  const { unit, enter } = remembering();
  expect(await unit('housing')).toBeUndefined();
  await enter('housing');
  expect(await unit('housing')).toMatchObject({ name: 'housing' });
});

test('what is there is read once a minute, however many invented ids are asked for meanwhile', async () => {
  const { unit, enter, reads } = remembering();
  await enter('housing');
  await unit('housing');
  for (let at = 0; at < 20_000; at += 1) await unit(`invented-${at}`);
  await unit('housing');
  expect(reads.filter((key) => key === unitKey('housing'))).toHaveLength(1);
});
