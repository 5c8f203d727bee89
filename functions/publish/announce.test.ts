import { clockActor } from '@dandang/casework/commit.ts';
import { type BusEvent, type Copies, CopyConflict } from '@dandang/accept/bus-events.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { memoryCommitStore } from '../../test/store/memory-store.ts';
import { announce, type AnnounceSurroundings } from './announce.ts';

const file = 'reminder/a';

/** Three commits, a bus that remembers, copies one can look into. */
async function given(publish: (event: BusEvent) => void = () => undefined) {
  const commits = memoryCommitStore();
  for (const type of ['One', 'Two', 'Three'])
    await appendToFile(commits, await readFile(commits, file), {
      at: '2026-09-15T10:00:00.000+08:00',
      by: clockActor,
      command: 'x',
      request: { id: type, body: '' },
      events: [{ type, data: { secret: '标题' } }],
    });
  const did: string[] = [];
  const kept = new Map<number, string>();
  const copies: Copies = {
    has: (_file, version) => Promise.resolve(kept.has(version)),
    get: (_file, version) => Promise.resolve(kept.get(version)),
    put: (_file, version, bytes) => {
      if (kept.has(version)) return Promise.reject(new CopyConflict(file, version));
      did.push(`copy ${version}`);
      kept.set(version, bytes);
      return Promise.resolve();
    },
  };
  const heard: BusEvent[] = [];
  const logged: string[] = [];
  const deps: AnnounceSurroundings = {
    commits,
    copies,
    log: { error: (code, ids) => void logged.push(`${code} ${ids['file']} ${ids['version']}`) },
    bus: {
      publish: (events) => {
        for (const event of events) {
          publish(event);
          heard.push(event);
          if (event.type === 'CommitAccepted') did.push(`announce ${event.version}`);
        }
        return Promise.resolve();
      },
    },
  };
  return { deps, did, heard, kept, commits, logged };
}

test('a commit is announced first and copied byte for byte behind it, oldest first, and only what was named', async () => {
  const { deps, did, kept, commits } = await given();
  await announce(deps, { file, versions: [1, 3] });
  expect(did).toEqual(['announce 1', 'copy 1', 'announce 3', 'copy 3']);
  expect(kept.get(3)).toBe((await commits.read(file))[2]?.commit);
});

test('an announcement carries key, version and types, and nothing of what happened', async () => {
  const { deps, heard } = await given();
  await announce(deps, { file, versions: [2] });
  expect(heard).toEqual([{ type: 'CommitAccepted', file, version: 2, events: ['Two'] }]);
});

test('a commit that has its receipt is left alone', async () => {
  const { deps, did } = await given();
  await announce(deps, { file, versions: [1, 2, 3] });
  await announce(deps, { file, versions: [2, 3] });
  expect(did.filter((one) => one === 'announce 2')).toHaveLength(1);
});

test('a commit that the bus did not take has no receipt, and is announced again', async () => {
  let broken = true;
  const { deps, kept, heard } = await given((event) => {
    if (broken && event.type === 'CommitAccepted' && event.version === 2) throw new Error('the bus is down');
  });
  await expect(announce(deps, { file, versions: [1, 2, 3] })).rejects.toThrow('the bus is down');
  expect([...kept.keys()]).toEqual([1]);
  broken = false;
  await announce(deps, { file, versions: [1, 2, 3] });
  expect([...kept.keys()]).toEqual([1, 2, 3]);
  expect(heard).toHaveLength(3);
});

test('a doorbell for what is not there, or for nothing, does nothing', async () => {
  const { deps, did } = await given();
  await announce(deps, { file, versions: [] });
  await announce(deps, { file, versions: [9] });
  await announce(deps, { file: 'reminder/none', versions: [1] });
  expect(did).toEqual([]);
});

test('what somebody put into the place of a copy is no receipt: it is said, and the commit is announced all the same', async () => {
  const { deps, did, kept, logged } = await given();
  kept.set(2, 'put there by somebody else');
  await announce(deps, { file, versions: [1, 2, 3] });
  expect(did).toEqual(['announce 1', 'copy 1', 'announce 2', 'announce 3', 'copy 3']);
  expect(kept.get(2)).toBe('put there by somebody else');
  expect(logged).toEqual(['copy-conflict reminder/a 2']);
});

test('so is what came in between', async () => {
  const { deps, kept, logged } = await given((event) => {
    if (event.type === 'CommitAccepted' && event.version === 1) kept.set(1, 'put there by somebody else');
  });
  await announce(deps, { file, versions: [1, 2] });
  expect(logged).toEqual(['copy-conflict reminder/a 1']);
  expect([...kept.keys()].sort()).toEqual([1, 2]);
});
