import { chinaDate } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { type OpenEffect } from '@dandang/casework/effect.ts';
import fc from 'fast-check';
import * as z from 'zod/mini';
import {
  closed,
  held,
  housingDeputy,
  interviewTown,
  measures,
  notified,
  onLadder,
  organizationHead,
  organizationOfficer,
  participants,
  planFiled,
  record,
  theHour,
  thisOne,
} from '../../../test/story/interview-town.ts';
import { at, type Attempt, beginning, type Story } from '../../../test/story/story.ts';
import { clerk, housingDirector, housingLiaison, principal } from '../../../test/story/town.ts';
import { foldLadder } from './ladder.ts';

/** A record that was wrong is mended, and what rests on it is counted again. */

const heldForm = z.object({ data: z.looseObject({}) });

type Change = Readonly<Record<string, unknown>>;
const organs = ['deputy-leader', ...participants];
const two = {
  subjects: [
    { official: 'housing-director', responsibility: 'principal' },
    { official: 'housing-deputy', responsibility: 'direct' },
  ],
};
const both = { attendees: [...organs, 'housing-director', 'housing-deputy'] };
const deputyAway = {
  attendees: [...organs, 'housing-director'],
  absent: [{ official: 'housing-deputy', reason: '住院。' }],
};
const [reason, monday] = ['原记录有误。', at('2026-03-09', '10:00')];
const correcting = (story: Story, change: Change, by = organizationOfficer, now = monday) =>
  story.when('correct-record', by, { reason, ...change }, { now });

/** The ladder's files after a story's effects, brought up as the service does. */
function brought(story: Story, files: Readonly<Record<string, readonly Commit[]>> = {}) {
  const after: Record<string, readonly Commit[]> = { ...files };
  const context = { policy: story.world.policy, file: () => [], policyOf: () => story.world.policy };
  const next = (effect: OpenEffect, id: string) => effect.say({ id, commits: after[`ladder/${id}`] ?? [] }, context);
  for (const effect of story.open.effects)
    for (const id of effect.files(context))
      for (let said = next(effect, id); said !== undefined; said = next(effect, id)) {
        const file = after[`ladder/${id}`] ?? [];
        const commit: Commit = {
          matter: `ladder/${id}`,
          version: file.length + 1,
          at: beginning,
          by: { id: 'reaction', name: '联动', unit: '', roles: [] },
          command: said.command,
          request: { id: `${file.length}`, body: '' },
          events: [said.event],
          previousHash: '',
        };
        after[`ladder/${id}`] = [...file, commit];
      }
  return after;
}
const countsOf = (files: Readonly<Record<string, readonly Commit[]>>, subject: string) =>
  foldLadder(files[`ladder/${subject}`] ?? []).map(({ heldOn, counts }) => `${heldOn} ${counts ? 'counts' : 'left'}`);

describe('a record that is corrected', () => {
  test('keeps what is not said and both versions', () => {
    const attempt = correcting(held(), { minutes: '约谈对象没有说明。' });
    const story = attempt.then({ state: 'held', events: ['RecordCorrected', 'LettersIssued'] });
    expect(story.detailsFor(clerk)).toMatchObject({
      held: { heldAt: theHour, minutes: '约谈对象没有说明。', requirements: record.requirements },
      corrections: [{ by: 'organization-officer', reason, before: { minutes: record.minutes } }],
    });
    expect(story.open.matter.letters.map(({ type }) => type)).toContain('interview-record');
    expect(attempt.letters.map(({ title }) => title)).toEqual(['约谈记录（更正）', '关于演约〔2026〕1号的更正通知']);
  });

  test('says nothing where nothing is different', () => {
    correcting(held(), { minutes: record.minutes }).thenNothing();
    correcting(held(), {}).thenNothing();
    expect(correcting(held(), { reason: undefined }).refusal?.refused).toBe('malformed');
  });

  test('goes to whoever got the letters of the record', () => {
    correcting(held(interviewTown, two, both), deputyAway).then({
      letters: {
        'interview-record': [],
        'record-correction': ['notice:housing', 'notice:housing-director', 'notice:housing-deputy'],
      },
    });
  });

  test('says in the notice what is different, and of absences only who', () => {
    const attempt = correcting(held(interviewTown, two, both), {
      ...deputyAway,
      heldAt: at('2026-03-04', '15:00'),
      requirements: ['三日内开工。'],
    });
    const [paper, notice] = attempt.letters.map((one) => JSON.stringify(one.content));
    expect(paper).toContain('住院');
    expect(notice).not.toContain('住院');
    for (const said of [
      '更正的原因如下：',
      '"原记录有误。"',
      '约谈时间更正为2026年3月4日15时（原记录为2026年3月5日15时）。',
      '未到场的约谈对象更正为：housing-deputy（演示）。',
      '整改要求更正为：',
      '1. 三日内开工。',
    ])
      expect(notice).toContain(said);
    expect(notice).not.toContain(record.minutes);
  });

  test('must pass the rules of holding as a whole', () => {
    const story = held();
    correcting(story, { attendees: organs, absent: [{ official: 'housing-director', reason: '未到。' }] }).then({
      refused: 'missing-subject',
    });
    correcting(story, { attendees: [...participants, 'housing-director'] }).then({ refused: 'missing-lead' });
    correcting(story, { attendees: organs.slice(0, 2).concat('housing-director') }).then({
      refused: 'missing-attendee',
    });
    correcting(story, { heldAt: at('2026-03-10') }).then({ refused: 'held-in-future' });
    correcting(story, { heldAt: at('2026-03-01') }).then({ refused: 'held-before-notice' });
    correcting(held(interviewTown, two, both), { attendees: deputyAway.attendees }).then({
      refused: 'subject-unaccounted',
    });
    correcting(story, { heldAt: at('2026-03-01'), irregular: { reason: '先行约谈。' } }).then({ state: 'held' });
  });

  test('loses what was said of a broken rule once none is broken', () => {
    const irregular = { reason: '临时有事。' };
    const attendees = ['deputy-leader', 'organization-officer', 'housing-director'];
    const story = held(interviewTown, {}, { attendees, irregular });
    const mended = correcting(story, { attendees: record.attendees }).story;
    expect(mended.detailsFor(clerk)).not.toHaveProperty('held.irregular');
    expect(correcting(story, { minutes: '补记。' }).story.detailsFor(clerk)).toMatchObject({
      held: { irregular: { breaks: ['missing-attendee'] } },
    });
  });

  test('knows who was there as it was then, whatever has become of them', () => {
    const gone = { officials: interviewTown.officials.filter(({ id }) => id !== 'discipline-officer') };
    correcting(held().within(gone), { minutes: '补记。' }).then({ state: 'held' });
    correcting(held().within(gone), { attendees: [...record.attendees, 'nobody'] }).then({
      refused: 'unknown-official',
    });
  });

  test('may be corrected from held on in every state but annulled, and before that not', () => {
    for (const story of [held(), planFiled()]) correcting(story, { minutes: '补记。' }).then({ state: story.state });
    correcting(closed(), { minutes: '补记。' }, principal).then({ state: 'closed' });
    correcting(held().and('annul', principal, { reason: '错。' }), { minutes: '补记。' }, principal).then({
      refused: 'not-now',
    });
    correcting(notified(), { minutes: '补记。' }).then({ refused: 'not-now' });
  });
});

describe('who corrects a record', () => {
  const may = (story: Story) =>
    [organizationOfficer, clerk, principal, housingDirector].filter((one) =>
      story.allowed(one, monday).includes('correct-record'),
    );
  const first = onLadder(held(), [thisOne]);
  const decision = { official: 'housing-director', outcome: 'confirmed', reason: '通报。', scope: '市直单位' };

  test('is who keeps it', () => {
    expect(may(held())).toEqual([organizationOfficer, principal]);
    correcting(held(), { minutes: '补记。' }, clerk).then({ refused: 'not-yours' });
  });

  test('is the principal leader once a proposal was decided, or it was reviewed or disputed', () => {
    for (const story of [
      first.and('decide-proposal', principal, decision),
      closed(),
      held().and('dispute', housingDirector, { grounds: '不在场。' }),
    ]) {
      expect(may(story)).toEqual([principal]);
      correcting(story, { minutes: '补记。' }).then({ refused: 'not-yours' });
      correcting(story, { minutes: '补记。' }, principal).then({ events: ['RecordCorrected', 'LettersIssued'] });
    }
  });

  test('is the principal leader once a later interview that counts it was decided', () => {
    const april = { interview: 'm9', heldAt: at('2026-04-02') };
    const decided = (counted: readonly string[]): readonly Commit[] => [
      {
        matter: 'interview/m9',
        version: 1,
        at: beginning,
        by: { id: 'organization-head', name: '', unit: 'organization', roles: [] },
        command: 'decide-proposal',
        request: { id: '1', body: '' },
        events: [
          {
            type: 'ProposalDecided',
            data: {
              official: 'housing-director',
              proposal: 'admonition',
              outcome: 'confirmed',
              reason: '按规定。',
              counted,
            },
          },
        ],
        previousHash: '',
      },
    ];
    const later = onLadder(held(), [thisOne, april]);
    const relying = (counted: readonly string[]) =>
      later.within({ files: { ...later.world.files, 'interview/m9': decided(counted) } });
    correcting(relying(['m1', 'm9']), { minutes: '补记。' }).then({ refused: 'not-yours' });
    correcting(relying(['m1', 'm9']), { minutes: '补记。' }, principal).then({ state: 'held' });
    correcting(relying(['m9']), { minutes: '补记。' }).then({ state: 'held' });
  });
});

describe('the plan of rectification', () => {
  const dueOf = (story: Story) => story.open.matter.deadlines.find(({ name }) => name === 'rectification-plan');

  test('is due counted from the corrected day, and the notice says so', () => {
    const story = held(interviewTown, {}, {});
    const later = correcting(story, { heldAt: at('2026-03-06', '15:00') });
    later.then({ events: ['RecordCorrected', 'DeadlineRecounted', 'LettersIssued'] });
    expect(dueOf(later.story)).toMatchObject({ dueOn: '2026-03-13', basis: { startedOn: '2026-03-06' } });
    expect(JSON.stringify(later.letters)).toContain(
      '请于2026年3月13日前（含当日，自约谈之日起5个工作日）将整改方案报市委督查室（演示）。',
    );
    expect(dueOf(correcting(story, { heldAt: at('2026-03-04') }).story)).toMatchObject({ dueOn: '2026-03-11' });
  });

  test('never ends before the day of the correction', () => {
    const onThe20th = at('2026-03-20', '10:00');
    const attempt = correcting(held(), { heldAt: at('2026-03-04') }, organizationOfficer, onThe20th);
    expect(dueOf(attempt.story)).toMatchObject({
      dueOn: '2026-03-20',
      earliest: '2026-03-20',
      latest: '2026-03-20',
      redOn: '2026-03-21',
    });
    expect(attempt.story.light('rectification-plan', '2026-03-20')).not.toBe('red');
  });

  test('stays where it was met, where another day was set since, and where the day of the interview stays', () => {
    correcting(planFiled(), { heldAt: at('2026-03-04') }).then({ events: ['RecordCorrected', 'LettersIssued'] });
    const returned = planFiled().and('return-plan', clerk, {
      reason: '不具体。',
      within: { amount: 3, unit: 'working-day' },
    });
    // It was returned on the day of the interview: only a deadline that runs from another day shows the difference.
    const restarted = planFiled().and(
      'return-plan',
      clerk,
      { reason: '不具体。', within: { amount: 3, unit: 'working-day' } },
      { now: at('2026-03-06') },
    );
    expect(returned.state).toBe('held');
    correcting(restarted, { heldAt: at('2026-03-04') }).then({ events: ['RecordCorrected', 'LettersIssued'] });
    correcting(held(), { heldAt: at('2026-03-05', '14:00') }).then({ events: ['RecordCorrected', 'LettersIssued'] });
  });
});

describe('the ladder', () => {
  test('never enters who was absent', () => {
    const files = brought(held(interviewTown, two, deputyAway));
    expect(countsOf(files, 'housing-director')).toEqual(['2026-03-05 counts']);
    expect(countsOf(files, 'housing-deputy')).toEqual([]);
    expect(files).not.toHaveProperty('ladder/housing-deputy');
  });

  test('counts again after a correction: an absence is entered, and taken back', () => {
    const before = held(interviewTown, two, both);
    const entered = brought(before);
    expect(countsOf(entered, 'housing-deputy')).toEqual(['2026-03-05 counts']);
    const absent = correcting(before, deputyAway).story;
    const without = brought(absent, entered);
    expect(countsOf(without, 'housing-deputy')).toEqual(['2026-03-05 left']);
    expect(countsOf(without, 'housing-director')).toEqual(['2026-03-05 counts']);
    const again = correcting(absent, { attendees: both.attendees, absent: [] }).story;
    expect(countsOf(brought(again, without), 'housing-deputy')).toEqual(['2026-03-05 counts']);
    expect(brought(again, brought(again, without))).toEqual(brought(again, without));
  });

  test('moves an interview to the day that was corrected', () => {
    const before = held();
    const moved = correcting(before, { heldAt: at('2026-03-03', '15:00') }).story;
    expect(countsOf(brought(moved, brought(before)), 'housing-director')).toEqual(['2026-03-03 counts']);
  });

  test('opens what was decided again, and keeps it, as for a late record', () => {
    const first = held(interviewTown, two, both);
    const counted = (story: Story, files: Readonly<Record<string, readonly Commit[]>>) =>
      story.within({ files }).whenReacted('ladder-changed', 'housing-deputy').story;
    const entered = brought(first);
    const decided = counted(first, entered).and('decide-proposal', principal, {
      official: 'housing-deputy',
      outcome: 'confirmed',
      reason: '通报。',
      scope: '市直单位',
    });
    const mended = correcting(decided, deputyAway, principal).story;
    const after = counted(mended, brought(mended, entered));
    expect(after.detailsFor(clerk)).toMatchObject({
      ladder: [
        {
          official: 'housing-deputy',
          count: 0,
          proposal: null,
          reopened: [{ proposal: 'circulate', outcome: 'confirmed' }],
        },
      ],
    });
    expect(after.detailsFor(housingDeputy)).toMatchObject({ ladder: [{ count: 0 }] });
  });

  test('keeps what release 0.1.0 entered, which did not know who was there', () => {
    const old = held(interviewTown, two, both);
    const withoutAbsences = old.commits.map((commit) => ({
      ...commit,
      events: commit.events.map((event) => {
        if (event.type !== 'InterviewHeld') return event;
        const { absent: _absent, ...data } = heldForm.parse(event).data;
        return { ...event, data: { ...data, attendees: [{ id: 'deputy-leader', name: '钱管' }] } };
      }),
    }));
    const open = old.measure.fold('m1', withoutAbsences);
    const context = { policy: old.world.policy, file: () => [], policyOf: () => old.world.policy };
    const [effect] = open?.effects ?? [];
    expect(effect?.files(context)).toEqual(['housing-director', 'housing-deputy']);
    expect(effect?.say({ id: 'housing-deputy', commits: [] }, context)?.event.type).toBe('InterviewEntered');
  });

  test('by units counts the unit where one of its people was there as subject or for the group', () => {
    const group = { group: { unit: 'housing', name: '领导班子' } };
    const policy = interviewTown.policy;
    const settings = { ...policy.settings };
    const counts = { ...settings['interview.counts'], value: 'units' as const };
    const units = { ...interviewTown, policy: { ...policy, settings: { ...settings, 'interview.counts': counts } } };
    const about = (change: Change) => brought(held(units, { subjects: [...two.subjects, group] }, change));
    const away = (official: string) => ({ official, reason: '住院。' });
    expect(
      countsOf(
        about({
          attendees: [...organs, 'housing-liaison'],
          absent: [away('housing-director'), away('housing-deputy')],
        }),
        'housing',
      ),
    ).toEqual(['2026-03-05 counts']);
    expect(
      countsOf(
        about({
          attendees: [...organs, 'housing-director'],
          absent: [away('housing-deputy'), { ...group, reason: '在外。' }],
        }),
        'housing',
      ),
    ).toEqual(['2026-03-05 counts']);
  });

  test('never counts somebody who was not there, whatever is recorded, corrected and annulled', () => {
    const subjects = ['housing-director', 'housing-deputy'] as const;
    const begun = notified(interviewTown, two);
    const entry = fc.record({
      there: fc.record({ 'housing-director': fc.boolean(), 'housing-deputy': fc.boolean() }),
      day: fc.constantFrom('2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'),
    });
    type Entry = { readonly there: Readonly<Record<(typeof subjects)[number], boolean>>; readonly day: string };
    const asRecord = ({ there, day }: Entry) => ({
      ...record,
      heldAt: at(day, '15:00'),
      attendees: [...organs, ...subjects.filter((one) => there[one])],
      absent: subjects.filter((one) => !there[one]).map((official) => ({ official, reason: '未到。' })),
    });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), fc.boolean(), (entries, annulled) => {
        let [story, files, last]: [Story, ReturnType<typeof brought>, Entry | undefined] = [begun, {}, undefined];
        for (const one of entries) {
          const { minutes, ...said } = asRecord(one);
          const attempt: Attempt =
            last === undefined
              ? story.when('hold', organizationOfficer, { ...said, minutes }, { now: monday })
              : story.when('correct-record', organizationHead, { ...said, reason }, { now: monday });
          // Without any subject it is no interview: what was on file stays.
          if (!Object.values(one.there).includes(true)) {
            expect(attempt.refusal?.refused).toBe('missing-subject');
            continue;
          }
          [story, last] = [attempt.story, one];
          files = brought(story, files);
        }
        if (last !== undefined && annulled) {
          story = story.and('annul', principal, { reason: '错。' });
          files = brought(story, files);
        }
        for (const one of subjects)
          expect(foldLadder(files[`ladder/${one}`] ?? []).filter(({ counts }) => counts)).toMatchObject(
            last?.there[one] === true && !annulled ? [{ interview: 'm1', heldOn: chinaDate(at(last.day)) }] : [],
          );
      }),
      { numRuns: 60 },
    );
  });
});

test('a correction is made of what is filed: the plan of rectification goes on', () => {
  correcting(held(), { minutes: '补记。' }).story.when('file-plan', housingLiaison, { measures }).then({
    state: 'plan-filed',
  });
});
