import { theUnit } from '@dandang/access/party.ts';
import * as z from 'zod/mini';
import { attachmentIds } from './attachment.ts';
import { commandsOf, nothingNeeded } from './command.ts';
import { defineMeasure } from './define-measure.ts';
import type { Measure } from './measure.ts';
import type { MeasureDefinition } from './measure-definition.ts';

const event = z.object({ type: z.literal('ErrandOpened'), data: z.object({ unit: z.string() }) });
type Event = z.infer<typeof event>;
type Definition = MeasureDefinition<'running', null, Event, { readonly unit: string }>;
const command = commandsOf<'running', null, Event>();

/** A measure of an opening and nothing else, with whatever a test adds to it. */
function errand(more: Partial<Definition> = {}): Measure {
  return defineMeasure<'running', null, Event, { readonly unit: string }>({
    kind: 'errand',
    collection: 'errands',
    title: '跑腿',
    states: [{ name: 'running', title: '进行中' }],
    withdrawn: 'running',
    event,
    opening: {
      title: '发起',
      by: [theUnit],
      input: z.strictObject({ unit: z.string() }),
      needs: () => nothingNeeded,
      decide: ({ unit }) => [{ type: 'ErrandOpened', data: { unit } }],
    },
    commands: {},
    evolve: (_body, { data }) => ({
      state: 'running',
      unit: { id: data.unit, name: data.unit },
      subjects: [],
      details: null,
    }),
    handlingOffice: theUnit,
    deadlines: {},
    gate: ({ unit }) => ({ file: [`unit:${unit.id}`], own: [] }),
    headline: () => '跑腿',
    details: () => ({}),
    similarity: () => '',
    notices: { needs: () => nothingNeeded, write: () => undefined },
    failing: { requests: 'Errands cannot be run.' },
    ...more,
  });
}
const deadLetters = { failing: { requests: 'Errands cannot be run.', deadLetters: 'An errand missed its day.' } };

test('a measure that declares nothing further appends to its own files and hears nothing', () => {
  const { footprint } = errand();
  expect(footprint).toMatchObject({ puts: ['errand'], putsOnBus: [], attachments: false, hears: [] });
});

test('a measure with a deadline hears of timers and calendars without saying so', () => {
  const made = errand({ ...deadLetters, deadlines: { walk: { title: '到达', act: 'arrive', owedBy: theUnit } } });
  expect(made.footprint.hears).toEqual([{ types: ['DeadlineReached', 'CalendarChanged'], of: 'errand' }]);
  expect(made.footprint.putsOnBus).toEqual(['errand']);
});

test('a measure that says what is owed hears of the chaser sheets that name it, where not only an office owes', () => {
  const notices = { needs: () => nothingNeeded, write: () => undefined, owed: () => '请到达' };
  const walk = { title: '到达', act: 'arrive', owedBy: theUnit };
  const { hears, reads } = errand({ ...deadLetters, notices, deadlines: { walk } }).footprint;
  expect(hears).toContainEqual({ types: ['CommitAccepted'], of: 'chaser', said: ['ChaserIssued'] });
  expect(reads).toContain('chaser');
  const offices = { ...theUnit, office: true };
  const own = errand({ ...deadLetters, notices, deadlines: { walk: { ...walk, owedBy: offices } } }).footprint;
  expect([own.hears.length, own.reads.includes('chaser')]).toEqual([1, false]);
});

test('a measure that hears something cannot be declared without saying what its dead letters mean to people', () => {
  expect(() => errand({ deadlines: { walk: { title: '到达', act: 'arrive', owedBy: theUnit } } })).toThrow(
    /dead letters/,
  );
});

test('a measure that hears nothing has no dead letters to explain', () => {
  expect(() => errand(deadLetters)).toThrow(/dead letters/);
});

test('a series of numbers gives the right to reserve them', () => {
  expect(errand({ series: 'reminder.series' }).footprint.puts).toEqual(['errand', 'register']);
});

test('a command that names attachments gives the right to note their use and to look where they lie', () => {
  const arrive = command(['running'], {
    title: '到达',
    by: [theUnit],
    input: z.strictObject({ attachments: attachmentIds }),
    decide: () => [],
  });
  const { footprint } = errand({ commands: { arrive } });
  expect(footprint.puts).toEqual(['errand', 'attachment']);
  expect(footprint.attachments).toBe(true);
});

test('an effect gives the right to append to the files that it writes, on request and from the bus', () => {
  const { footprint } = errand({
    ...deadLetters,
    effects: [
      {
        after: ['open'],
        on: ['ErrandOpened'],
        means: '计数更新。',
        writes: 'tally',
        isNewer: () => false,
        files: () => [],
        say: () => undefined,
      },
    ],
  });
  expect(footprint.puts).toEqual(['errand', 'tally']);
  expect(footprint.putsOnBus).toEqual(['errand', 'tally']);
  expect(footprint.hears).toEqual([{ types: ['CommitAccepted'], of: 'errand', said: ['ErrandOpened'] }]);
});

test('what is heard of another kind is subscribed to and may be read', () => {
  const { footprint } = errand({
    ...deadLetters,
    hears: {
      'parcel-sent': {
        of: 'parcel',
        events: ['ParcelSent'],
        which: () => [],
        needs: () => nothingNeeded,
        decide: () => [],
      },
    },
  });
  expect(footprint.hears).toEqual([{ types: ['CommitAccepted'], of: 'parcel', said: ['ParcelSent'] }]);
  expect(footprint.reads).toContain('parcel');
});

test('asking for a file of a kind that was not declared is a fault of the measure, not a missing right at night', () => {
  const needs = () => ({ ...nothingNeeded, files: [{ kind: 'parcel', id: 'p1' }] });
  const opening = {
    title: '发起',
    by: [theUnit],
    input: z.strictObject({ unit: z.string() }),
    needs,
    decide: () => [],
  };
  const caller = { id: 'a', name: 'a', unit: 'u', roles: ['unit' as const] };
  expect(() => errand({ opening }).prepareOpening({ unit: 'u' }, caller)).toThrow(/reads parcel without declaring it/);
  expect(() => errand({ opening, reads: ['parcel'] }).prepareOpening({ unit: 'u' }, caller)).not.toThrow();
});
