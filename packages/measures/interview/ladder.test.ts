import type { Commit } from '@dandang/casework/commit.ts';
import fc from 'fast-check';
import { at, beginning } from '../../../test/story/story.ts';
import { foldLadder, isExcused, type LadderEvent } from './ladder.ts';

/** The ladder's file as tolerance writes into it: an interview leaves the count, and comes back when its tolerance is rescinded. */

const fileOf = (...events: readonly LadderEvent[]): Commit[] =>
  events.map((event, index) => ({
    matter: 'ladder/housing-director',
    version: index + 1,
    at: beginning,
    by: { id: 'reaction', name: '联动', unit: '', roles: [] },
    command: 'enter',
    request: { id: `${index}`, body: '' },
    events: [event],
    previousHash: '',
  }));
const entered = (interview = 'i1', day = '2026-03-05'): LadderEvent => ({
  type: 'InterviewEntered',
  data: { interview, heldAt: at(day), heldOn: day },
});
const excused = (matter: string, interview = 'i1'): LadderEvent => ({
  type: 'InterviewLeft',
  data: { interview, why: 'excused', matter },
});
const annulled: LadderEvent = { type: 'InterviewLeft', data: { interview: 'i1', why: 'annulled' } };
const returned = (matter: string, interview = 'i1'): LadderEvent => ({
  type: 'InterviewReturned',
  data: { interview, matter },
});
const counts = (...events: readonly LadderEvent[]) =>
  foldLadder(fileOf(...events)).map((one) => `${one.interview} ${one.counts ? 'counts' : 'left'}`);

test.each<[string, readonly LadderEvent[], string]>([
  ['is excused', [entered(), excused('t1')], 'i1 left'],
  ['is excused and comes back', [entered(), excused('t1'), returned('t1')], 'i1 counts'],
  ['is excused by two and comes back for one', [entered(), excused('t1'), excused('t2'), returned('t1')], 'i1 left'],
  [
    'is excused by two and comes back for both',
    [entered(), excused('t1'), excused('t2'), returned('t2'), returned('t1')],
    'i1 counts',
  ],
  ['is excused twice by one and comes back', [entered(), excused('t1'), excused('t1'), returned('t1')], 'i1 counts'],
  ['comes back for one that never excused it', [entered(), excused('t1'), returned('t2')], 'i1 left'],
  ['is excused again after it came back', [entered(), excused('t1'), returned('t1'), excused('t1')], 'i1 left'],
  ['was annulled, whatever comes back', [entered(), excused('t1'), annulled, returned('t1')], 'i1 left'],
  ['is excused before it was entered', [excused('t1'), entered()], 'i1 left'],
  ['came back before it was entered', [excused('t1'), returned('t1'), entered()], 'i1 counts'],
])('an interview that %s', (_what, events, expected) => {
  expect(counts(...events)).toEqual([expected]);
});

test('nothing stands on a ladder that was only excused and never entered', () => {
  expect(counts(excused('t1'))).toEqual([]);
  expect(isExcused(fileOf(excused('t1')), 'i1', 't1')).toBe(true);
});

test('one interview that leaves takes no other along', () => {
  expect(counts(entered(), entered('i2', '2026-04-02'), excused('t1', 'i2'))).toEqual(['i1 counts', 'i2 left']);
  expect(isExcused(fileOf(entered(), excused('t1', 'i2')), 'i1', 't1')).toBe(false);
});

test('whether a matter excuses an interview is what that matter said last, whatever others said', () => {
  const event = fc
    .record({ matter: fc.constantFrom('t1', 't2'), leaves: fc.boolean() })
    .map(({ matter, leaves }) => (leaves ? excused(matter) : returned(matter)));
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      const file = fileOf(entered(), ...events);
      const by = ['t1', 't2'].map((matter) => {
        const last = events.findLast(({ data }) => 'matter' in data && data.matter === matter);
        const says = last?.type === 'InterviewLeft';
        expect(isExcused(file, 'i1', matter)).toBe(says);
        return says;
      });
      expect(foldLadder(file)).toMatchObject([{ counts: !by.includes(true) }]);
    }),
  );
});
