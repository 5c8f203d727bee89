import { publishedCalendar } from '@dandang/calendar/calendar.ts';
import { addDays } from '@dandang/calendar/civil-date.ts';
import { deliveryKey } from '@dandang/store/keys.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { reactionActor } from '@dandang/casework/commit.ts';
import fc from 'fast-check';
import { ChasingTown } from './chasing-town.ts';
import { clerk, liaison } from './rig.ts';

/* The chaser sheet 催办单 (docs/decisions/0018). A reminder that is issued on Monday 2026-03-02 is overdue on Tuesday the 10th. */

const typesOf = (events: readonly { readonly type: string }[], type: string): number =>
  events.filter((one) => one.type === type).length;

async function givenTown(settings: Record<string, unknown> = {}): Promise<ChasingTown> {
  const town = new ChasingTown();
  await town.begin(settings);
  return town;
}

test('a year of one reminder that nobody answers, chased three times at the most, makes three sheets and three mails', async () => {
  const town = await givenTown({ 'chaser.stopAfter': 3 });
  const id = await town.issued('one');
  await town.passesUntil('2026-12-31');
  expect((await town.sheets()).map(({ on }) => on)).toEqual(['2026-03-10', '2026-03-11', '2026-03-12']);
  expect(town.sheetMails).toBe(3);
  expect(typesOf(await town.events(id), 'Chased')).toBe(3);
  const waits = (await town.matter(id)).todos();
  expect(waits.map(({ act, assignee }) => [act, assignee])).toContainEqual(['review', 'unit:supervision-office']);
}, 120_000);

test('what a unit owes to an office is on one sheet a working day, and every matter on it notes the sheet', async () => {
  const town = await givenTown();
  const ids = [await town.issued('one'), await town.issued('two')];
  await town.passesUntil('2026-03-11');
  const sheets = await town.sheets();
  expect(sheets.map(({ on, office, recipient, items }) => [on, office.id, recipient.id, items.length])).toEqual([
    ['2026-03-10', 'supervision-office', 'housing', 2],
    ['2026-03-11', 'supervision-office', 'housing', 2],
  ]);
  expect(town.sheetMails).toBe(2);
  for (const id of ids) {
    const noted = (await town.events(id)).flatMap(({ type, data }) => (type === 'Chased' ? [data] : []));
    expect(noted).toMatchObject(sheets.map(({ id: sheet, on }) => ({ deadline: 'reply', on, sheet })));
  }
  const [delivery] = sheets[0]?.letter.deliveries ?? [];
  const file = await readFile(town.rig.commits, deliveryKey(delivery?.id ?? ''));
  expect(file.commits[0]?.events[0]).toMatchObject({
    data: {
      matter: { kind: 'chaser', collection: 'chasers', id: sheets[0]?.id },
      handledBy: 'unit:supervision-office',
    },
  });
});

test('a clock that runs twice, and two functions that run at once, make one sheet', async () => {
  const town = await givenTown();
  const id = await town.issued('one');
  town.goTo('2026-03-10', '00:05');
  await town.lights();
  town.goTo('2026-03-10', '09:00');
  await Promise.all([town.rig.sweepsMails(), town.rig.sweepsMails(), town.rig.sweepsMails()]);
  await town.rig.straight();
  await town.chases();
  expect(await town.sheets()).toHaveLength(1);
  expect(typesOf(await town.events(id), 'Chased')).toBe(1);
  expect(town.sheetMails).toBe(1);
});

test('a process that dies anywhere on the way leaves one sheet and one note once the clock runs again', async () => {
  for (const when of ['before-append', 'after-append'] as const)
    for (let nth = 1; nth <= 6; nth += 1) {
      const town = await givenTown();
      const id = await town.issued('one');
      town.goTo('2026-03-10', '00:05');
      await town.lights();
      town.goTo('2026-03-10', '09:00');
      let left = nth;
      town.rig.dying = (now) => {
        if (now === when && (left -= 1) === 0) throw new Error('the process dies');
      };
      await town.chases().catch(() => undefined);
      town.rig.dying = () => undefined;
      await town.rig.reconciles();
      await town.chases();
      expect([when, nth, (await town.sheets()).length]).toEqual([when, nth, 1]);
      expect([when, nth, typesOf(await town.events(id), 'Chased')]).toEqual([when, nth, 1]);
    }
}, 60_000);

test('a clock that missed days makes the sheet of today and none of the days before', async () => {
  const town = await givenTown();
  const id = await town.issued('one');
  town.goTo('2026-03-10', '00:05');
  await town.lights();
  await town.passes('2026-03-30');
  expect((await town.sheets()).map(({ on }) => on)).toEqual(['2026-03-30']);
  expect(typesOf(await town.events(id), 'Chased')).toBe(1);
});

test('an old sheet that is announced again counts once, also after the deadline was moved', async () => {
  const town = await givenTown();
  const id = await town.issued('one');
  await town.passesUntil('2026-03-11');
  const [sheet] = await town.sheets();
  const again = { type: 'CommitAccepted', file: `chaser/${sheet?.id}`, version: 1, events: ['ChaserIssued'] } as const;
  await town.rig.hear(again);
  expect(typesOf(await town.events(id), 'Chased')).toBe(2);
  expect(await town.does(id, 'extend', { deadline: 'reply', workingDays: 20, reason: '汛期。' })).toBeUndefined();
  await town.rig.hear(again);
  expect((await town.matter(id)).matter.deadlines).toMatchObject([{ chases: 0, nextChaseOn: null }]);
  expect(typesOf(await town.events(id), 'Chased')).toBe(2);
});

test('what was not delivered is neither chased nor judged, and both once it was', async () => {
  const town = await givenTown();
  const review = { outcome: 'ineffective', opinion: '未答复。' };
  town.arrives(false);
  const id = await town.issued('one');
  town.arrives(true);
  await town.passesUntil('2026-04-10');
  expect(await town.sheets()).toEqual([]);
  expect(await town.does(id, 'review', review)).toBe('not-delivered');
  for (const { deliveries } of (await town.matter(id)).matter.letters)
    for (const { id: delivery, address } of deliveries) {
      const file = await readFile(town.rig.commits, deliveryKey(delivery));
      await appendToFile(town.rig.commits, file, {
        at: town.rig.now,
        by: reactionActor,
        command: 'resend',
        request: { id: 'again', body: '' },
        events: [{ type: 'ResendRequested', data: { address } }],
      });
    }
  await town.rig.straight();
  await town.passes('2026-04-13');
  expect((await town.sheets()).map(({ on }) => on)).toEqual(['2026-04-13']);
  expect(await town.does(id, 'review', review)).toBeUndefined();
});

test('five clicks make one letter, and what is urged after the day’s sheet is on the next one', async () => {
  const town = await givenTown();
  const [one, two] = [await town.issued('one'), await town.issued('two')];
  const clicks: (string | undefined)[] = [];
  for (let click = 0; click < 5; click += 1) clicks.push(await town.does(one, 'urge', { message: '请抓紧。' }));
  expect(clicks).toEqual([undefined, ...Array<string>(4).fill('urged-recently')]);
  expect(await town.does(two, 'urge', { message: '也请抓紧。' })).toBeUndefined();
  const onSheets = async () => (await town.sheets()).map(({ on, items }) => [on, items.map(({ matter }) => matter.id)]);
  expect(await onSheets()).toEqual([['2026-03-02', [one]]]);
  await town.passes('2026-03-03');
  expect(await onSheets()).toEqual([
    ['2026-03-02', [one]],
    ['2026-03-03', [two]],
  ]);
  expect(town.sheetMails).toBe(2);
  await town.passes('2026-03-04');
  expect(town.sheetMails).toBe(2);
});

test('what is urged goes out with everything else that the unit owes to the office that day', async () => {
  const town = await givenTown({ 'chaser.everyWorkingDays': 5 });
  const old = await town.issued('one');
  await town.passesUntil('2026-03-11');
  const young = await town.issued('two');
  await town.does(young, 'urge');
  const last = (await town.sheets()).at(-1);
  expect([last?.on, last?.items.map(({ matter }) => matter.id).sort()]).toEqual(['2026-03-11', [old, young].sort()]);
  // Both go on together from there: the rhythm is the sheet's.
  await town.passesUntil('2026-03-18');
  expect((await town.sheets()).map(({ on }) => on)).toEqual(['2026-03-10', '2026-03-11', '2026-03-18']);
});

test('an extension by the office ends the chasing until the new day, and is refused where that has passed', async () => {
  const town = await givenTown({ 'chaser.stopAfter': 1 });
  const id = await town.issued('one');
  await town.passesUntil('2026-03-20');
  const extension = (workingDays: number) => ({ deadline: 'reply', workingDays, reason: '汛期。' });
  expect(await town.does(id, 'extend', extension(3))).toBe('date-passed');
  expect(await town.does(id, 'extend', extension(12), liaison)).toBe('not-yours');
  expect(await town.does(id, 'extend', extension(12), clerk)).toBeUndefined();
  const letter = (await town.matter(id)).matter.letters.at(-1);
  expect(letter).toMatchObject({ type: 'extension-letter', typeName: '时限延长通知', deliveries: [{ as: 'notice' }] });
  await town.passesUntil('2026-03-31');
  expect((await town.sheets()).map(({ on }) => on)).toEqual(['2026-03-10', '2026-03-26']);
});

/** What may happen on a day, to one of the reminders. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('day' as const), runs: fc.integer({ min: 0, max: 2 }) }) },
  fc.record({
    what: fc.constantFrom('reply', 'review', 'extend', 'urge', 'issue' as const),
    of: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({ what: fc.constantFrom('lose', 'find' as const) }),
);

test('whatever happens: one sheet a day, never on a day off, with exactly what is overdue and delivered, and never after the last', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const town = await givenTown({ 'chaser.stopAfter': 2 });
      const lost = new Set<string>();
      const ids = [await town.issued('first')];
      const lines = async () => {
        const found: string[] = [];
        for (const id of ids) {
          const { matter, final } = await town.matter(id);
          const [reply] = matter.deadlines;
          const open = !final && reply?.metAt === null && !reply.ended;
          const overdue = open && reply.missedSaidOn !== null && reply.redOn <= town.today && reply.chases < 2;
          if ((overdue || (open && matter.urged?.waits.includes(reply.name) === true)) && !lost.has(id)) found.push(id);
        }
        return found.sort();
      };
      for (const one of steps) {
        const id = 'of' in one ? (ids[one.of % ids.length] ?? '') : '';
        if (one.what === 'lose') town.arrives(false);
        else if (one.what === 'find') town.arrives(true);
        else if (one.what === 'issue') {
          const made = await town.issued(`no ${ids.length}`);
          ids.push(made);
          if (!town.mailArrives) lost.add(made);
        } else if (one.what === 'reply') await town.does(id, 'reply', { measures: '已办。' }, liaison);
        else if (one.what === 'review') await town.does(id, 'review', { outcome: 'effective', opinion: '已办。' });
        else if (one.what === 'urge') await town.does(id, 'urge');
        else if (one.what === 'extend')
          await town.does(id, 'extend', { deadline: 'reply', workingDays: 9, reason: '。' });
        else if ('runs' in one) {
          town.goTo(addDays(town.today, 1), '00:05');
          await town.lights();
          town.goTo(town.today, '09:00');
          const before = await town.sheets();
          const expected = await lines();
          for (let run = 0; run < one.runs; run += 1) await town.chases();
          const made = (await town.sheets()).slice(before.length);
          const working = publishedCalendar.isWorkingDay(town.today);
          if (one.runs === 0 || !working || expected.length === 0) expect(made).toEqual([]);
          else expect(made.map(({ items }) => items.map(({ matter }) => matter.id).sort())).toEqual([expected]);
        }
      }
      const sheets = await town.sheets();
      expect(new Set(sheets.map(({ on, office, recipient }) => `${on} ${office.id} ${recipient.id}`)).size).toBe(
        sheets.length,
      );
    }),
    { numRuns: 15 },
  );
}, 300_000);
