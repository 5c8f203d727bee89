import * as z from 'zod/mini';
import { ownPart } from './own-part.ts';
import { type Party, role } from '@dandang/access/party.ts';
import { clockActor, type Commit, firstPreviousHash, type StoredEvent } from '@dandang/casework/commit.ts';
import { eventReader, type Raise } from '@dandang/casework/event-reader.ts';
import { defineMeasure } from '@dandang/casework/define-measure.ts';

/*
 * A measure made up for these tests. Its first release wrote `ParcelSent {to}`, the next `ParcelPosted {to: {id}}`, and
 * this one `ParcelDispatched {unit, by}`; `ParcelLost` is of a release to come.
 */
const events = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ParcelDispatched'), data: z.object({ unit: z.string(), by: z.string() }) }),
  z.object({ type: z.literal('ParcelArrived'), data: z.object({}) }),
]);
type ParcelEvent = z.infer<typeof events>;
const sent = z.object({ data: z.object({ to: z.string() }) });
const posted = z.object({ data: z.object({ to: z.object({ id: z.string() }) }) });
const raise: Raise = {
  ParcelSent: (old) => ({ type: 'ParcelPosted', data: { to: { id: sent.parse(old).data.to } } }),
  ParcelPosted: (old) => ({ type: 'ParcelDispatched', data: { unit: posted.parse(old).data.to.id, by: 'post' } }),
};

const file = (...stored: readonly StoredEvent[]): Commit[] =>
  stored.map((event, index) => ({
    matter: 'parcel/p1',
    version: index + 1,
    at: `2026-03-02T09:00:0${index}.000+08:00`,
    by: clockActor,
    command: 'test',
    request: { id: `r${index}`, body: '' },
    events: [event],
    previousHash: firstPreviousHash,
  }));
const old: StoredEvent = { type: 'ParcelSent', data: { to: 'housing' } };
const arrived: StoredEvent = { type: 'ParcelArrived', data: {} };
const lost: StoredEvent = { type: 'ParcelLost', data: { where: 'nobody knows' } };
const damaged: StoredEvent = { type: 'ParcelDispatched', data: { unit: 1 } };
const reader = eventReader(events, raise);

type Evolve = Parameters<
  typeof defineMeasure<'under-way' | 'there' | 'withdrawn', { by: string }, ParcelEvent, unknown>
>[0]['evolve'];
const evolve: Evolve = (body, happened) => {
  if (happened.type === 'ParcelDispatched') {
    const { unit, by } = happened.data;
    return { state: 'under-way', unit: { id: unit, name: unit }, subjects: [], details: { by } };
  }
  if (body === undefined) throw new Error('a parcel cannot begin so');
  return { ...body, state: 'there' };
};
const office: Party = role('supervision');
const parcel = defineMeasure<'under-way' | 'there' | 'withdrawn', { by: string }, ParcelEvent, unknown>({
  kind: 'parcel',
  collection: 'parcels',
  title: '包裹',
  states: [
    { name: 'under-way', title: '在途' },
    { name: 'there', title: '送达', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: events,
  raise,
  opening: {
    title: '寄出',
    by: [office],
    input: z.unknown(),
    needs: () => ({ units: [], officials: [] }),
    decide: () => [],
  },
  commands: {},
  evolve,
  handlingOffice: office,
  deadlines: {},
  gate: () => ({ file: ['role:supervision'], own: [] }),
  headline: () => '包裹',
  details: (matter) => matter.details,
  similarity: () => '',
  failing: { requests: 'Parcels cannot be sent.' },
  notices: { needs: () => ({ units: [], officials: [] }), write: () => undefined },
});

describe('an event of an old type', () => {
  test('is raised step by step to the present one', () => {
    expect(reader.read(old)).toEqual({ type: 'ParcelDispatched', data: { unit: 'housing', by: 'post' } });
    expect(reader.read({ type: 'ParcelPosted', data: { to: { id: 'ecology' } } })).toMatchObject({
      data: { unit: 'ecology', by: 'post' },
    });
    expect(reader.isNewer(file(old, arrived))).toBe(false);
  });

  test('is folded by its measure, and by others who read its file', () => {
    const open = parcel.fold('p1', file(old, arrived));
    expect(open?.matter).toMatchObject({ state: 'there', unit: { id: 'housing' }, details: { by: 'post' } });
    expect(open?.newer).toBe(false);
    const part = ownPart(file(old, arrived), { event: events, raise, evolve, withdrawn: 'withdrawn' });
    expect(part).toMatchObject({ state: 'there', details: { by: 'post' } });
  });
});

describe('an event in an old word', () => {
  const inWords: Raise = {
    ParcelArrived: () => ({ type: 'ParcelArrived', data: {} }),
    ParcelSent: (old) => ({ type: 'ParcelArrived', data: old.data }),
  };

  test('is raised to the same type once, and not for ever', () => {
    const words = eventReader(events, inWords);
    expect(words.read({ type: 'ParcelArrived', data: { word: 'old' } })).toEqual({ type: 'ParcelArrived', data: {} });
    expect(words.raised(old)).toEqual({ type: 'ParcelArrived', data: {} });
    expect(words.raised(lost)).toBe(lost);
  });
});

test('a matter that was handed to another unit is that one’s for whoever reads its file, too', () => {
  const handed: StoredEvent = {
    type: 'UnitSucceeded',
    data: { unit: { id: 'construction', name: 'construction' }, reason: '。' },
  };
  const part = ownPart(file(old, handed, arrived), { event: events, raise, evolve, withdrawn: 'withdrawn' });
  expect(part).toMatchObject({
    state: 'there',
    unit: { id: 'construction', name: 'construction（原housing）' },
    formerly: [{ id: 'housing', name: 'housing' }],
  });
  expect(parcel.fold('p1', file(old, handed, arrived))?.matter).toMatchObject({ ...part });
});

describe('an event of a newer release', () => {
  test('is told from a damaged one: it is passed over, and the damaged one throws', () => {
    expect(reader.read(lost)).toBeUndefined();
    expect(reader.read({ type: 'constructor', data: {} })).toBeUndefined();
    expect(reader.isNewer(file(old, lost))).toBe(true);
    expect(reader.all(file(old, lost, arrived)).map(({ type }) => type)).toEqual(['ParcelDispatched', 'ParcelArrived']);
    expect(() => reader.read(damaged)).toThrow();
    expect(() => parcel.fold('p1', file(damaged))).toThrow();
  });

  test('leaves the matter to be read, with nothing to do on it', () => {
    const clerk = { id: 'clerk', name: 'clerk', unit: 'office', roles: ['supervision'] as const };
    const before = parcel.fold('p1', file(old));
    expect(before?.allowed(clerk, '2026-03-02')).toContain('recuse');
    const open = parcel.fold('p1', file(old, lost));
    expect(open?.newer).toBe(true);
    expect([...(open?.matter.newer ?? [])]).toEqual(['ParcelLost']);
    expect(open?.matter).toMatchObject({ state: 'under-way', version: 2, details: { by: 'post' } });
    expect(open?.allowed(clerk, '2026-03-02')).toEqual([]);
    expect(open?.possible('recuse', '2026-03-02')).toBe(false);
    expect(open?.todos()).toEqual([]);
  });

  test('at the beginning of a file leaves nothing that could be said of it', () => {
    expect(parcel.fold('p1', file(lost, arrived))).toBeUndefined();
    expect(ownPart(file(lost, arrived), { event: events, raise, evolve, withdrawn: 'withdrawn' })).toBeUndefined();
  });
});

test('a schema that is no union of events by type knows no event', () => {
  expect(eventReader(z.unknown()).read(old)).toBeUndefined();
});
