import fc from 'fast-check';
import { Died, mayDie } from './dying.ts';
import { recipients, ToleranceRig } from './tolerance-rig.ts';

/*
 * A decision on tolerance is one commit; what follows from it lies in other files. Wherever a process dies on the way, and
 * whatever comes late, twice or never, in the end every body has one delivery and one mail, the official one standing, and
 * the interview has left the ladder once.
 */

type When = 'before-append' | 'after-append';

/** From the n-th append on the process is dead, whatever catches its errors. Says whether it has died. */
function diesAt(rig: ToleranceRig, when: When, nth: number): () => boolean {
  let [appends, dead] = [0, false];
  rig.dying = (now) => {
    if (now === 'before-append') appends += 1;
    dead ||= now === when && appends === nth;
    if (dead) throw new Died();
  };
  return () => dead;
}
const revive = (rig: ToleranceRig): void => {
  rig.dying = () => undefined;
};

/** Lets every process take turns at the files in an order that fast-check draws. */
async function inTurns(rig: ToleranceRig, scheduler: fc.Scheduler, processes: () => Promise<unknown>): Promise<void> {
  rig.turn = async () => {
    await scheduler.schedule(Promise.resolve());
  };
  await scheduler.waitFor(processes());
  rig.turn = () => Promise.resolve();
}

async function undecidedRig(): Promise<ToleranceRig> {
  const rig = new ToleranceRig();
  await rig.enterCase();
  return rig;
}

/** Everything is there once, and stays so whatever is given out again. */
async function expectOnce(rig: ToleranceRig): Promise<void> {
  expect(await rig.onFile()).toEqual({
    decisions: 1,
    numbers: ['NumberReserved'],
    standing: ['StandingChanged'],
    stands: { matter: 'm1', version: 7, outcome: 'exempt', rescinded: false },
    ladder: ['InterviewEntered', 'InterviewLeft'],
    counts: [false],
    recounted: [{ count: 0, proposal: null }],
    deliveries: Object.keys(recipients)
      .map((recipient) => `${recipient} sent, queued 1 time`)
      .sort(),
    rowsThatDiffer: [],
    brokenChains: [],
  });
  const issued = rig.mails.filter(({ subject }) => subject.includes('容错处理决定书'));
  expect(new Set(issued.map(({ to }) => to))).toEqual(new Set(Object.values(recipients)));
  for (const to of Object.values(recipients)) {
    const mails = issued.filter((mail) => mail.to === to);
    expect([to, new Set(mails.map(({ messageId }) => messageId)).size]).toEqual([to, 1]);
    // Of two under one Message-ID the second says that it may be one.
    expect(mails.slice(1).every(({ possibleDuplicate }) => possibleDuplicate)).toBe(true);
  }
  const nudges = new Map<string, Set<string>>();
  for (const { to, subject, messageId } of rig.mails)
    if (subject === '您有待办事项') nudges.set(to, (nudges.get(to) ?? new Set()).add(messageId));
  expect([...nudges.values()].map(({ size }) => size).filter((size) => size > 1)).toEqual([]);
}

/** The same once more, after everything was given out and asked for again. */
async function expectRest(rig: ToleranceRig): Promise<void> {
  const [commits, mails] = [await rig.commitsMade(), rig.mails.length];
  await rig.decides();
  await rig.givesOutAgain();
  await rig.straight();
  await rig.nights();
  expect([await rig.commitsMade(), rig.mails.length]).toEqual([commits, mails]);
  await expectOnce(rig);
}

test('straight through, a decision puts everything on file once and mails it once', async () => {
  const rig = await undecidedRig();
  await rig.decides();
  await rig.straight();
  await expectOnce(rig);
  expect(rig.mails.some(({ possibleDuplicate }) => possibleDuplicate)).toBe(false);
  await expectRest(rig);
});

/** What goes on after a death: who asked asks again with its key, the stream and the queue give out again, or nights compare. */
const resumptions: Readonly<Record<string, (rig: ToleranceRig) => Promise<void>>> = {
  'the client asks again, then the stream gives out again': async (rig) => {
    await rig.decides();
    // Whoever decides is answered when what follows for the official is on file.
    expect(await rig.onFile()).toMatchObject({ standing: ['StandingChanged'], counts: [false] });
    await rig.givesOutAgain();
    await rig.straight();
  },
  'the stream gives out again before the client asks again': async (rig) => {
    const decided = await rig.isDecided();
    await rig.givesOutAgain();
    await rig.straight();
    if (decided) await expectOnce(rig);
    await rig.decides();
    await rig.straight();
  },
  'the stream and the queue have lost everything, and the client comes back days later': async (rig) => {
    const decided = await rig.isDecided();
    await rig.nights();
    if (decided) await expectOnce(rig);
    await rig.decides();
    await rig.nights();
  },
};

test.each(Object.entries(resumptions))(
  'dying before and after each append in turn, a decision is whole where %s',
  async (_name, resume) => {
    let survived = false;
    for (let nth = 1; !survived; nth += 1)
      for (const when of ['before-append', 'after-append'] as const) {
        const rig = await undecidedRig();
        const died = diesAt(rig, when, nth);
        await mayDie(() => rig.decides());
        if (!died()) await mayDie(() => rig.straight());
        survived = !died();
        revive(rig);
        await resume(rig);
        await expectOnce(rig);
        if (survived) expect(nth).toBeGreaterThan(25);
      }
  },
  120_000,
);

test('whoever dies, comes twice, late or never: in the end everything is there once', async () => {
  const round = fc.record({
    who: fc.constantFrom('client', 'stream', 'queue', 'night'),
    /** At which of its appends it dies; most have fewer. */
    dieAt: fc.integer({ min: 1, max: 12 }),
    when: fc.constantFrom('before-append', 'after-append'),
    twice: fc.boolean(),
    seconds: fc.constantFrom(0, 30, 91),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(round, { maxLength: 10 }), async (rounds) => {
      const rig = await undecidedRig();
      const goes = {
        client: rig.decides,
        stream: async () => {
          const [views, publish] = [rig.rings.views.splice(0), rig.rings.publish.splice(0)];
          for (const ring of views) await rig.projects(ring);
          for (const ring of publish) await rig.announces(ring);
        },
        queue: async () => {
          for (const message of rig.messages.splice(0)) await rig.sends(message);
        },
        night: async () => {
          await rig.reconciles();
        },
      };
      for (const { who, dieAt, when, twice, seconds } of rounds) {
        diesAt(rig, when, dieAt);
        await Promise.all((twice ? [1, 2] : [1]).map(() => mayDie(goes[who])));
        revive(rig);
        rig.pass(seconds);
      }
      await rig.decides();
      await rig.nights();
      await expectOnce(rig);
      await expectRest(rig);
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('requests, announcements and senders that meet in any order put everything on file once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const rig = await undecidedRig();
      await inTurns(rig, scheduler, async () => {
        await Promise.all([rig.decides(), rig.decides()]);
        for (let round = 0; rig.rings.publish.length > 0 || rig.messages.length > 0; round += 1) {
          expect(round).toBeLessThan(20);
          const [views, publish] = [rig.rings.views.splice(0), rig.rings.publish.splice(0)];
          const messages = rig.messages.splice(0);
          await Promise.all([
            rig.decides(),
            ...views.map(rig.projects),
            ...[...publish, ...publish].map(rig.announces),
            ...[...messages, ...messages].map(rig.sends),
          ]);
          rig.pass(1);
        }
      });
      await rig.straight();
      await expectOnce(rig);
      expect(rig.mails.some(({ possibleDuplicate }) => possibleDuplicate)).toBe(false);
    }),
    { numRuns: 10 },
  );
}, 120_000);

/** What is left of a decision that was rescinded: the interview counts as before. */
async function expectNothingLeft(rig: ToleranceRig): Promise<void> {
  await rig.straight();
  expect(await rig.onFile()).toMatchObject({
    counts: [true],
    recounted: [{ count: 1, proposal: 'circulate' }],
    stands: { outcome: 'exempt', rescinded: true },
    rowsThatDiffer: [],
  });
}

describe('a decision that is rescinded while its effects are still on their way', () => {
  test('leaves none of them, in whichever order they take turns', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const rig = await undecidedRig();
        await inTurns(rig, scheduler, async () => {
          const deciding = rig.decides();
          while (!(await rig.isDecided())) await scheduler.schedule(Promise.resolve());
          await Promise.all([deciding, rig.rescinds()]);
        });
        await expectNothingLeft(rig);
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  test('leaves none of them, also where the one that decided was held up until everybody else was done', async () => {
    const rig = await undecidedRig();
    const [held, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    rig.turn = (does, file) => {
      if (does === 'read' || !file.startsWith('ladder/')) return Promise.resolve();
      held.resolve(undefined);
      return released.promise;
    };
    const deciding = rig.decides();
    await held.promise;
    rig.turn = () => Promise.resolve();
    await rig.rescinds();
    await rig.straight();
    released.resolve(undefined);
    await deciding;
    await expectNothingLeft(rig);
  });
});
