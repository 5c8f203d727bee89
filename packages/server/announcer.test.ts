import { type AcceptedCommit, NotKept } from '@dandang/store/town.ts';
import { announcer } from './announcer.ts';

/** A town of which only what the announcer sees is there. */
function given() {
  const accepted: AcceptedCommit[] = [];
  const did: string[] = [];
  const asideKept: string[] = [];
  const failing = { announce: new Set<string>(), door: 0, copy: 0 };
  let listener: () => void = () => undefined;
  let mark = 0;
  const accept = (file: string): void => {
    accepted.push({ seq: accepted.length + 1, file, version: 1 });
    listener();
  };
  const bell = announcer({
    town: {
      acceptedAfter: (seq, limit) => accepted.slice(seq, seq + limit),
      onAccepted: (heard) => {
        listener = heard;
      },
      handledThrough: () => mark,
      setHandledThrough: (seq) => {
        mark = seq;
        did.push(`mark ${seq}`);
      },
      door: async (work) => {
        const outcome = await work();
        if (failing.door > 0) {
          failing.door -= 1;
          throw new NotKept(true);
        }
        return outcome;
      },
    },
    announce: async ({ file }) => {
      await Promise.resolve();
      if (failing.announce.has(file)) throw new Error('cannot be folded');
      did.push(`announce ${file}`);
      if (file.length < 3 && file.startsWith('r')) accept(`${file}r`);
    },
    copy: async (commits) => {
      await Promise.resolve();
      if (failing.copy > 0) {
        failing.copy -= 1;
        throw new Error('the disk is full');
      }
      did.push(`copy ${commits.map(({ file }) => file).join(' ')}`);
    },
    aside: { put: (_consumer, file) => void asideKept.push(file) },
    log: { error: () => undefined },
  });
  return { bell, did, accept, asideKept, failing, mark: () => mark };
}

test('commits are announced in their order, then copied, and then the mark moves over them', async () => {
  const { bell, did, accept } = given();
  accept('a');
  accept('b');
  expect(did).toEqual([]);
  bell.start();
  expect(bell.busy()).toBe(true);
  await bell.quiet();
  expect(bell.busy()).toBe(false);
  expect(did).toEqual(['announce a', 'announce b', 'copy a b', 'mark 2']);
});

test('what an announcement leads to is waited for as well', async () => {
  const { bell, did, accept, mark } = given();
  bell.start();
  accept('r');
  await bell.quiet();
  expect(did.filter((one) => one.startsWith('announce'))).toEqual(['announce r', 'announce rr', 'announce rrr']);
  expect(mark()).toBe(3);
});

test('one that cannot be announced is tried behind the others, set aside, copied, and holds nobody up', async () => {
  const { bell, did, accept, asideKept, failing, mark } = given();
  failing.announce.add('bad');
  accept('bad');
  accept('b');
  bell.start();
  await bell.quiet();
  expect(asideKept).toEqual(['bad']);
  expect(did).toEqual(['announce b', 'copy bad b', 'mark 2']);
  expect(mark()).toBe(2);
});

test.each(['door', 'copy'] as const)(
  'where the %s could not be kept the mark stays, and all of it comes again',
  async (what) => {
    const { bell, did, accept, failing, mark } = given();
    failing[what] = 1;
    bell.start();
    accept('a');
    await bell.quiet();
    expect(mark()).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await bell.quiet();
    expect(mark()).toBe(1);
    expect(did).toEqual(['announce a', 'announce a', 'copy a', 'mark 1']);
  },
);
