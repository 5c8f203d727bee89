import fc from 'fast-check';
import {
  actor,
  clockActor,
  type Commit,
  firstPreviousHash,
  hashOf,
  isPerson,
  reactionActor,
  seal,
  type SealedCommit,
  sha256,
  unseal,
  verifyChain,
} from './commit.ts';

const clerk = { id: 'clerk', name: '王督查', unit: 'supervision-office', roles: ['supervision'] };

const commitOf = (version: number, previousHash: string, data: unknown): Commit => ({
  matter: 'reminder/m1',
  version,
  at: `2026-03-02T09:00:0${version}.000+08:00`,
  by: clerk,
  command: 'revise',
  request: { id: `r${version}`, body: '' },
  events: [{ type: 'ReminderRevised', data }],
  previousHash,
});

/** A file whose versions hold these data. */
function fileOf(...data: readonly unknown[]): SealedCommit[] {
  const file: SealedCommit[] = [];
  for (const one of data) file.push(seal(commitOf(file.length + 1, file.at(-1)?.hash ?? firstPreviousHash, one)));
  return file;
}

const file = fileOf({ n: 1 }, { n: '担当' }, { n: '👩‍👩‍👧‍👦' }, { n: null });
const intact = { intact: true };
const check = (changed: readonly SealedCommit[]) => verifyChain('reminder/m1', changed);
const replaced = (at: number, change: (one: SealedCommit) => SealedCommit): SealedCommit[] =>
  file.map((one, index) => (index === at ? change(one) : one));

/** Any text at all: lone surrogates, control characters, line separators, what JSON and HTML treat specially. */
const anyText = fc.string({ unit: 'binary', maxLength: 40 });
const anyJson = fc
  .jsonValue({ stringUnit: 'binary' })
  .filter((value) => JSON.stringify(value) === JSON.stringify(JSON.parse(JSON.stringify(value))));

describe('the algorithm of a hash', () => {
  const first = commitOf(1, firstPreviousHash, { n: 1 });

  test('is sha256 where a commit names none, and where it says so', () => {
    expect(check([seal(first)])).toEqual(intact);
    expect(check([seal({ ...first, alg: 'sha256' })])).toEqual(intact);
    expect(hashOf(seal(first).commit)).toBe(seal(first).hash);
  });

  test('that nobody knows is neither confirmed nor refuted, and nothing is sealed by it', () => {
    const commit = JSON.stringify({ ...first, alg: 'sm3' });
    const unknown: SealedCommit = { ...seal(first), commit, hash: sha256(commit) };
    expect(check([unknown])).toEqual({ intact: false, version: 1, why: 'algorithm' });
    expect(hashOf(commit)).toBeUndefined();
    expect(unseal(unknown).alg).toBe('sm3');
    expect(() => seal({ ...first, alg: 'constructor' })).toThrow(RangeError);
  });
});

describe('sealing', () => {
  test('hashes exactly the bytes that are stored', () => {
    const sealed = seal(commitOf(1, firstPreviousHash, { subject: '提醒' }));
    expect(sealed.hash).toBe(sha256(sealed.commit));
    expect(sealed.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(sealed).toMatchObject({ matter: 'reminder/m1', version: 1, at: '2026-03-02T09:00:01.000+08:00' });
  });

  test('hashes UTF-8 as everybody else does', () => {
    expect(sha256('担当')).toBe('f43e344a834144671ad6d7c5257b552655e13008011ae893e1f2c11cc24c0e99');
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  test('and unsealing give the same commit back, whatever text is in it', () => {
    fc.assert(
      fc.property(anyText, anyText, anyJson, (name, command, data) => {
        const content: Commit = { ...commitOf(1, firstPreviousHash, data), by: { ...clerk, name }, command };
        const sealed = seal(content);
        const read = unseal(sealed);
        // What comes back as JSON would: there is no other equality of stored things.
        expect(JSON.stringify(read)).toBe(sealed.commit);
        expect(read.by.name).toBe(name);
        expect(read.command).toBe(command);
      }),
    );
  });

  test('stores well-formed text even of half a character, so that no encoding can change the hash', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { commit, hash } = seal(commitOf(1, firstPreviousHash, { text }));
        expect(commit.isWellFormed()).toBe(true);
        expect(sha256(Buffer.from(commit, 'utf8').toString('utf8'))).toBe(hash);
      }),
    );
  });

  test('unsealing refuses what is no commit', () => {
    expect(() => unseal({ commit: '{}' })).toThrow();
    expect(() => unseal({ commit: 'not json' })).toThrow(SyntaxError);
    expect(() => unseal({ commit: JSON.stringify({ ...commitOf(1, '', 1), version: 0 }) })).toThrow();
    expect(() => unseal({ commit: JSON.stringify({ ...commitOf(1, '', 1), version: 1.5 }) })).toThrow();
  });
});

describe('the chain', () => {
  test('of an untouched file is intact, and so is that of no file', () => {
    expect(check(file)).toEqual(intact);
    expect(check([])).toEqual(intact);
  });

  test('shows every change of a byte, wherever it is', () => {
    for (const [at, one] of file.entries())
      for (let index = 0; index < one.commit.length; index += 1) {
        const other = one.commit.charCodeAt(index) === 0x30 ? '1' : '0';
        const commit = one.commit.slice(0, index) + other + one.commit.slice(index + 1);
        if (commit === one.commit) continue;
        expect(check(replaced(at, (it) => ({ ...it, commit })))).toEqual({
          intact: false,
          version: at + 1,
          why: 'hash',
        });
      }
  });

  test('shows every change of a byte also when its hash is made to fit', () => {
    fc.assert(
      fc.property(fc.nat({ max: file.length - 2 }), fc.nat(), fc.integer({ min: 32, max: 126 }), (at, place, code) => {
        const bytes = file[at]?.commit ?? '';
        const index = place % bytes.length;
        const commit = bytes.slice(0, index) + String.fromCharCode(code) + bytes.slice(index + 1);
        fc.pre(commit !== bytes);
        // The next commit still names the hash that was.
        expect(check(replaced(at, (it) => ({ ...it, commit, hash: sha256(commit) }))).intact).toBe(false);
      }),
    );
  });

  test.each([0, 1, 2, 3])('shows a changed hash at place %i', (at) => {
    const flipped = (hash: string) => (hash.startsWith('0') ? '1' : '0') + hash.slice(1);
    expect(check(replaced(at, (one) => ({ ...one, hash: flipped(one.hash) })))).toMatchObject({
      why: 'hash',
      version: at + 1,
    });
  });

  test.each([0, 1, 2])('shows that the commit at place %i is missing', (at) => {
    expect(check(file.filter((_, index) => index !== at))).toEqual({ intact: false, version: at + 2, why: 'gap' });
  });

  test.each([0, 1, 2])('shows that the commit at place %i is missing also when the rest is numbered anew', (at) => {
    const closed = file
      .filter((_, index) => index !== at)
      .map((one, index) => {
        const commit = JSON.stringify({ ...unseal(one), version: index + 1 });
        return { ...one, version: index + 1, commit, hash: sha256(commit) };
      });
    expect(check(closed)).toMatchObject({ intact: false, why: 'previous-hash' });
  });

  test('does not show that the newest commits are missing: only their copy does', () => {
    expect(check(file.slice(0, 2))).toEqual(intact);
  });

  test.each([
    [0, 1],
    [1, 2],
    [0, 3],
  ])('shows that places %i and %i were swapped', (a, b) => {
    const swapped = file.map((one, index) => (index === a ? file[b] : index === b ? file[a] : one) ?? one);
    expect(check(swapped)).toMatchObject({ intact: false, why: 'gap' });
    // Also when each takes the other's version.
    const renumbered = swapped.map((one, index) => ({ ...one, version: index + 1 }));
    expect(check(renumbered)).toMatchObject({ intact: false, why: 'other-file' });
  });

  test('shows a commit that was put in', () => {
    for (let at = 0; at < file.length; at += 1) {
      const forged = seal(commitOf(at + 1, file[at - 1]?.hash ?? firstPreviousHash, { n: 'forged' }));
      const rest = file.slice(at).map((one) => ({ ...one, version: one.version + 1 }));
      expect(check([...file.slice(0, at), forged, ...rest]).intact).toBe(false);
      expect(check([...file.slice(0, at), forged, ...file.slice(at)]).intact).toBe(false);
    }
  });

  test('shows a commit that belongs to another file', () => {
    expect(verifyChain('reminder/m2', file)).toEqual({ intact: false, version: 1, why: 'other-file' });
    expect(check(replaced(1, (one) => ({ ...one, matter: 'reminder/m2' })))).toMatchObject({ why: 'other-file' });
  });

  test('shows an instant beside the bytes that is not the one in them', () => {
    const moved = replaced(2, (one) => ({ ...one, at: '2025-03-02T09:00:00.000+08:00' }));
    expect(check(moved)).toEqual({ intact: false, version: 3, why: 'other-file' });
  });

  test('shows a first commit that names another one before it', () => {
    const headless = seal(commitOf(1, sha256('something'), 1));
    expect(check([headless])).toEqual({ intact: false, version: 1, why: 'previous-hash' });
  });

  test.each(['', 'not json', 'null', '[]', '{"matter":"reminder/m1","version":1}'])(
    'shows bytes that are no commit (%j), although their hash is true',
    (commit) => {
      const [first] = file;
      expect(first).toBeDefined();
      if (first !== undefined)
        expect(check([{ ...first, commit, hash: sha256(commit) }])).toEqual({
          intact: false,
          version: 1,
          why: 'unreadable',
        });
    },
  );
});

describe('who made a commit', () => {
  test('is a person unless it was the clock or a reaction', () => {
    expect([clerk, clockActor, reactionActor].map(isPerson)).toEqual([true, false, false]);
    expect(actor.safeParse(clockActor).success).toBe(true);
  });
});
