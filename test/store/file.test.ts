import { clockActor, unseal, verifyChain } from '@dandang/casework/commit.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { memoryCommitStore } from './memory-store.ts';

test('everything that is newly put on file names the algorithm of its hash', async () => {
  const store = memoryCommitStore();
  const content = {
    at: '2026-03-02T09:00:00.000+08:00',
    by: clockActor,
    command: 'test',
    request: { id: 'r', body: '' },
    events: [{ type: 'Happened', data: {} }],
  };
  const first = await appendToFile(store, await readFile(store, 'reminder/m1'), content);
  if (first === 'version-taken') throw new Error('nobody else was there');
  await appendToFile(store, first, { ...content, request: { id: 'r2', body: '' } });
  const stored = await store.read('reminder/m1');
  expect(stored.map((one) => unseal(one).alg)).toEqual(['sha256', 'sha256']);
  expect(verifyChain('reminder/m1', stored)).toEqual({ intact: true });
});
