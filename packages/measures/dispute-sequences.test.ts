import type { Caller } from '@dandang/access/caller.ts';
import { publishedCalendar } from '@dandang/calendar/calendar.ts';
import { addDays, chinaDate, type CivilDate, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { held, housingDeputy, inspectionOfficer, interviewTownWith } from '../../test/story/interview-town.ts';
import { received } from '../../test/story/receipt.ts';
import type { Story } from '../../test/story/story.ts';
import { clerk, deputy, deputy2, housingDirector, housingLiaison, principal } from '../../test/story/town.ts';

/** Random signatures, disputes, decisions and days of an interview of two, and what holds whatever came before. */

const disputants: readonly Caller[] = [housingDirector, housingDeputy, housingLiaison];
const recipientOf = (by: Caller): string => (by.id === housingLiaison.id ? 'housing' : by.id);

interface Act {
  readonly what: 'sign' | 'sign-on-paper' | 'dispute' | 'decide' | 'file-plan' | 'clock';
  readonly by: Caller;
  readonly days: number;
}

const act: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom<Act['what'][]>('sign', 'sign-on-paper', 'dispute', 'dispute', 'decide', 'file-plan', 'clock'),
  by: fc.constantFrom(...disputants),
  days: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
    { weight: 2, arbitrary: fc.integer({ min: 4, max: 40 }) },
  ),
});

interface Step {
  readonly what: Act['what'];
  readonly by: Caller;
  readonly before: Story;
  readonly after: Story;
  readonly today: CivilDate;
  readonly refused: string | undefined;
  /** When each has signed, as of before the step. */
  readonly signed: ReadonlyMap<string, CivilDate>;
}

const subjects = [housingDirector, housingDeputy].map(({ id: official }) => ({ official, responsibility: 'direct' }));
/** Each decides once: who decided one dispute took part when the next one comes. */
const reviewing = [deputy2, inspectionOfficer];
const absent = [{ official: 'housing-deputy', reason: '出差。' }];
const begun = held(interviewTownWith({ 'dispute.reviewOffice': 'inspection' }), { subjects }, { absent });

function play(acts: readonly Act[]): Step[] {
  let story = begun;
  let signed: ReadonlyMap<string, CivilDate> = new Map();
  let now = story.now;
  return acts.map(({ what, by, days }) => {
    now = instantAt(msOf(now) + days * 86_400_000);
    const today = chinaDate(now);
    const before = story;
    const known = signed;
    const result = (after: Story, refused?: string): Step => {
      story = after;
      return { what, by, before, after, today, refused, signed: known };
    };
    switch (what) {
      case 'sign':
      case 'sign-on-paper': {
        if (known.has(by.id)) return result(before);
        const on = what === 'sign' ? today : addDays(chinaDate(begun.now), Math.min(days, 1));
        signed = new Map([...known, [by.id, on > today ? today : on]]);
        const onPaper = what === 'sign' ? {} : { onPaper: signed.get(by.id) ?? today };
        return result(received(before, 'rectification-notice', recipientOf(by), { at: now, ...onPaper }));
      }
      case 'clock':
        return result(before.whenClock('dispute-decision', now).story);
      default: {
        const reviewer = reviewing.find((one) => before.allowed(one, now).includes('decide-dispute')) ?? deputy2;
        const [command, who, body] =
          what === 'dispute'
            ? (['dispute', by, { grounds: '有误。' }] as const)
            : what === 'decide'
              ? (['decide-dispute', reviewer, { outcome: 'maintained', reason: '属实。' }] as const)
              : (['file-plan', housingLiaison, { measures: [] }] as const);
        const attempt = before.when(command, who, body, { now });
        return result(attempt.refusal === undefined ? attempt.story : before, attempt.refusal?.refused);
      }
    }
  });
}

const always = (look: (steps: readonly Step[]) => void): void =>
  fc.assert(
    fc.property(fc.array(act, { minLength: 1, maxLength: 25, size: 'max' }), (acts) => {
      look(play(acts));
    }),
    { numRuns: 60 },
  );

const decision = (story: Story) => story.open.matter.deadlines.find(({ name }) => name === 'dispute-decision');
const disputesSeen = z.array(z.object({ outcome: z.optional(z.string()) }));
const openOf = (story: Story, by: Caller): boolean =>
  disputesSeen.parse(story.detailsFor(by)?.['disputes']).some(({ outcome }) => outcome === undefined);
const isOpen = (story: Story): boolean => disputants.some((by) => openOf(story, by));

describe('whatever is signed, disputed and decided, and whenever', () => {
  test('a dispute is refused as too late exactly when its own signature is more than thirty days back', () => {
    always((steps) => {
      for (const { what, by, today, refused, signed, before } of steps) {
        if (what !== 'dispute' || openOf(before, by)) continue;
        const on = signed.get(by.id);
        const due = on === undefined ? undefined : publishedCalendar.due(on, { amount: 30, unit: 'calendar-day' });
        const late = due !== undefined && !('refused' in due) && today > due.latest;
        expect([today, on, refused]).toEqual([today, on, late ? 'date-passed' : undefined]);
      }
    });
  });

  test('the decision runs exactly while something waits for it, and only a new one after that moves its day', () => {
    always((steps) => {
      for (const { before, after } of steps) {
        const [was, is] = [decision(before), decision(after)];
        const runs = is !== undefined && is.metAt === null && !is.ended;
        expect(runs).toBe(isOpen(after));
        if (was !== undefined && was.metAt === null) expect(is?.dueOn).toBe(was.dueOn);
      }
    });
  });

  test('nobody is chased for it, and who took part is never who decides', () => {
    always((steps) => {
      const last = steps.at(-1)?.after ?? begun;
      expect(last.open.matter.letters.filter(({ type }) => type === 'chaser' || type === 'overdue-notice')).toEqual([]);
      for (const by of [principal, deputy, clerk]) expect(last.allowed(by)).not.toContain('decide-dispute');
    });
  });

  test('each decision reaches everybody whose dispute was open, and nobody else', () => {
    always((steps) => {
      for (const { what, before, after, refused } of steps) {
        if (what !== 'decide' || refused !== undefined) continue;
        const told = after.open.matter.letters
          .slice(before.open.matter.letters.length)
          .flatMap(({ deliveries }) => deliveries.map(({ recipient }) => recipient.id));
        const waited = disputants.filter((by) => openOf(before, by)).map(recipientOf);
        expect(told.toSorted()).toEqual(waited.toSorted());
      }
    });
  });
});

test('the sequences decide disputes, refuse late ones and come to decisions that are missed', () => {
  const steps = fc.sample(fc.array(act, { minLength: 25, maxLength: 25 }), { numRuns: 80, seed: 5 }).flatMap(play);
  expect(steps.some(({ refused }) => refused === 'date-passed')).toBe(true);
  expect(steps.filter(({ what, refused }) => what === 'decide' && refused === undefined).length).toBeGreaterThan(40);
  expect(steps.some(({ after }) => (decision(after)?.missedSaidOn ?? null) !== null)).toBe(true);
});
