import type { BusEvent } from '@dandang/accept/bus-events.ts';
import { unseal } from '@dandang/casework/commit.ts';
import fc from 'fast-check';
import { sweepLights } from '../../functions/deadlines/sweep.ts';
import { Died, mayDie } from './dying.ts';
import { Rig } from './rig.ts';
import { recipients, ToleranceRig } from './tolerance-rig.ts';

/*
 * The bus took an event and a subscriber never handled it: it was away, and what waited for it was given up. The receipt of
 * the commit is there, so only a comparison with what should have followed tells.
 */

const tuesday = '2026-09-15T10:00:00.000+08:00';
const day = 86_400;

async function townRig(): Promise<Rig> {
  const rig = new Rig(tuesday);
  await rig.enterTown();
  return rig;
}

/** The commands of a reminder up to one of them, each with all that follows from it. */
async function upTo(rig: Rig, count: number): Promise<void> {
  for (const command of rig.commands.slice(0, count)) {
    await command();
    await rig.straight();
  }
}
const [issued, untilApproved] = [4, 3];

/** Nights, each with what the stream and the queue do of what it put on file, until one finds nothing. Gives what each found. */
async function nights(rig: Rig): Promise<number[]> {
  const found: number[] = [];
  for (let night = 0; night < 10; night += 1) {
    const { outstanding } = await rig.reconciles();
    found.push(outstanding);
    await rig.straight();
    if (outstanding === 0) return found;
  }
  throw new Error('the nights never came to rest');
}

const letters = (rig: Rig): string[] =>
  rig.mails
    .filter(({ subject }) => subject !== '您有待办事项')
    .map(({ to, subject }) => `${to} ${subject}`)
    .sort();

/** The types of all events of a kind of files, of the days given. */
async function eventsOf(rig: Rig, kind: string, days: readonly string[]): Promise<string[]> {
  const files = new Set<string>();
  for (const one of days)
    for await (const { matter } of rig.commits.keysOn(one)) if (matter.startsWith(`${kind}/`)) files.add(matter);
  const commits = await Promise.all([...files].sort().map((file) => rig.commits.read(file)));
  return commits.flat().flatMap((stored) => unseal(stored).events.map(({ type }) => type));
}

const from = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_one, index) =>
    new Date(Date.parse(`${first}T00:00:00Z`) + index * day * 1000).toISOString().slice(0, 10),
  );

/** The commits there are, those of the nights themselves left out. */
async function commitsMade(rig: Rig, days: readonly string[]): Promise<number> {
  let count = 0;
  for (const one of days)
    for await (const { matter } of rig.commits.keysOn(one)) if (!matter.startsWith('schedule/')) count += 1;
  return count;
}

describe('given a letter that was issued while the dispatch was away', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await townRig();
    await upTo(rig, untilApproved);
    rig.losing = (subscriber) => subscriber === 'dispatch';
    await rig.commands[untilApproved]?.();
    await rig.straight();
  });

  test('when the night compares, each recipient has one delivery and one mail, and a second night does nothing', async () => {
    expect(letters(rig)).toEqual([]);
    rig.losing = () => false;
    const straight = await townRig();
    await upTo(straight, issued);
    expect(await nights(rig)).toEqual([2, 0]);
    expect(letters(rig)).toEqual(letters(straight));
    expect(letters(rig)).toHaveLength(2);
    // Whoever must sign hears of it too, as if nothing had been away.
    expect(rig.mails.map(({ to }) => to).sort()).toEqual(straight.mails.map(({ to }) => to).sort());
    const made = await commitsMade(rig, from('2026-09-15', 2));
    expect(await nights(rig)).toEqual([0]);
    expect(await commitsMade(rig, from('2026-09-15', 2))).toBe(made);
  });

  test('when it stays away for longer than the nights look back, the first night after it still finds the letter', async () => {
    for (let night = 0; night < 4; night += 1) {
      rig.pass(day);
      await sweepLights({ ...rig.core, bus: rig.bus });
      await rig.straight();
      expect(await rig.reconciles()).toMatchObject({ outstanding: 2 });
    }
    rig.losing = () => false;
    expect(await nights(rig)).toEqual([2, 0]);
    expect(letters(rig)).toHaveLength(2);
    rig.pass(10 * day);
    await rig.reconciles();
    await rig.straight();
    expect(letters(rig).filter((line) => !line.includes('催办'))).toHaveLength(2);
  });
});

describe('given a deadline that passed while its owner was away', () => {
  /** Five working days from Tuesday: Tuesday the 22nd. It turns red at midnight. */
  const afterwards = 7 * day + 14 * 3600 + 5 * 60;
  let rig: Rig;
  beforeEach(async () => {
    rig = await townRig();
    await upTo(rig, issued);
    rig.pass(afterwards);
    rig.losing = (subscriber, event) => subscriber === 'reminder' && event.type === 'DeadlineReached';
    await sweepLights({ ...rig.core, bus: rig.bus });
    await rig.straight();
    rig.losing = () => false;
  });
  const said = async () => {
    const all = await eventsOf(rig, 'reminder', from('2026-09-15', 40));
    return all.filter((type) => /^(Deadline(Near|Missed)|Chased)$/.test(type));
  };

  test('when the night compares, it is said once, and a second night says nothing', async () => {
    expect(await said()).toEqual([]);
    expect(await nights(rig)).toEqual([1, 0]);
    expect(await said()).toEqual(['DeadlineMissed']);
    expect(await nights(rig)).toEqual([0]);
    expect(await said()).toEqual(['DeadlineMissed']);
  });

  test('a chaser is not sent at night, and once in the morning, whoever comes first', async () => {
    await nights(rig);
    rig.pass(2 * 3600);
    await nights(rig);
    expect(await said()).toEqual(['DeadlineMissed']);
    rig.pass(7 * 3600);
    await rig.sweepsMails();
    await rig.straight();
    await nights(rig);
    await rig.sweepsMails();
    await rig.straight();
    expect(await said()).toEqual(['DeadlineMissed', 'Chased']);
    expect(letters(rig).filter((line) => line.includes('催办'))).toHaveLength(1);
  });

  test('of a file that nobody has touched for weeks too', async () => {
    rig.pass(20 * day);
    expect(await nights(rig)).toEqual([1, 0]);
    expect(await said()).toEqual(['DeadlineMissed']);
  });

  test('a chaser that was owed for weeks goes out in the next morning, once', async () => {
    await nights(rig);
    // Friday the 16th of October, at ten: the holidays are over.
    rig.pass(23 * day + 10 * 3600);
    await rig.sweepsMails();
    await rig.straight();
    await nights(rig);
    expect(await said()).toEqual(['DeadlineMissed', 'Chased']);
  });
});

describe('given a decision whose maker died before its effects were written, and whose subscribers were away', () => {
  let rig: ToleranceRig;
  beforeEach(async () => {
    rig = new ToleranceRig();
    await rig.enterCase();
    let dead = false;
    rig.turn = (does, file) => {
      if (does === 'read' && /^(standing|ladder)\//.test(file)) dead = true;
      return dead ? Promise.reject(new Died()) : Promise.resolve();
    };
    await mayDie(() => rig.decides());
    rig.turn = () => Promise.resolve();
    rig.losing = () => true;
    await rig.straight();
    rig.losing = () => false;
  });

  test('when the night compares, standing, ladder and all five deliveries are there once; a second night does nothing', async () => {
    expect(await rig.onFile()).toMatchObject({
      decisions: 1,
      standing: [],
      ladder: ['InterviewEntered'],
      deliveries: [],
    });
    const [first = 0, ...others] = await nights(rig);
    expect(first).toBeGreaterThanOrEqual(Object.keys(recipients).length + 2);
    expect(others.at(-1)).toBe(0);
    expect(await rig.onFile()).toMatchObject({
      decisions: 1,
      standing: ['StandingChanged'],
      ladder: ['InterviewEntered', 'InterviewLeft'],
      recounted: [{ count: 0, proposal: null }],
      deliveries: Object.keys(recipients)
        .map((recipient) => `${recipient} sent, queued 1 time`)
        .sort(),
      rowsThatDiffer: [],
      brokenChains: [],
    });
    const made = await rig.commitsMade();
    expect(await nights(rig)).toEqual([0]);
    expect(await rig.commitsMade()).toBe(made);
  });
});

test('an effect that is announced again mails nobody a second time of what waits', async () => {
  const rig = new ToleranceRig();
  await rig.enterCase();
  await rig.decides();
  await rig.straight();
  const mails = rig.mails.length;
  rig.pass(5 * day);
  await rig.bus.publish([
    { type: 'CommitAccepted', file: 'tolerance/m1', version: 7, events: ['ToleranceDecided'], again: true },
  ]);
  await rig.straight();
  expect(rig.mails).toHaveLength(mails);
});

test('whichever announcements of a reminder are lost, the nights and a morning end with every letter delivered once', async () => {
  const morning = async (rig: Rig): Promise<void> => {
    rig.pass(24 * 3600);
    await rig.sweepsMails();
    await rig.straight();
  };
  const straight = await townRig();
  await upTo(straight, straight.commands.length);
  await morning(straight);
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.boolean()), async (losses) => {
      const rig = await townRig();
      const losing = (_subscriber: string, event: BusEvent): boolean =>
        event.type === 'CommitAccepted' && losses.next().value === true;
      for (const command of rig.commands) {
        rig.losing = losing;
        await command();
        await rig.straight();
      }
      rig.losing = () => false;
      await nights(rig);
      // What was urged by hand and never heard of stands on the sheet of the next morning.
      await morning(rig);
      // Where the answer came meanwhile, nobody is urged any more.
      const urged = (line: string): boolean => line.includes('催办单');
      const others = (of: Rig): string[] => letters(of).filter((line) => !urged(line));
      expect(others(rig)).toEqual(others(straight));
      expect(letters(rig).filter(urged).length).toBeLessThanOrEqual(letters(straight).filter(urged).length);
      const made = await commitsMade(rig, from('2026-09-15', 3));
      expect(await nights(rig)).toEqual([0]);
      expect(await commitsMade(rig, from('2026-09-15', 3))).toBe(made);
    }),
    { numRuns: 40 },
  );
}, 60_000);
