import type { Commit } from '@dandang/casework/commit.ts';
import {
  application,
  applied,
  closed,
  committeeOfficer,
  completed,
  held,
  interviewTown,
  notified,
} from '../../../test/story/interview-town.ts';
import { at, beginning, given, type Story } from '../../../test/story/story.ts';
import { clerk, deputy, housingLiaison, principal } from '../../../test/story/town.ts';
import { reminder } from '../reminder/reminder.ts';
import { interview } from './interview.ts';

/* Point 8 of the fair rules: one origin, one interview alive. */

const letter = {
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject: '进度滞后',
  findings: '未开工。',
  requirements: '限期开工。',
};
const ineffective = given(reminder, interviewTown)
  .opened(clerk, letter)
  .and('submit', clerk)
  .and('approve', deputy, { opinion: '同意。' })
  .and('issue', clerk)
  .and('reply', housingLiaison, { measures: '正在研究。' })
  .and('review', clerk, { outcome: 'ineffective', opinion: '没有措施。' });

const commit = (file: readonly Commit[], type: string, data: unknown, when = beginning): Commit => ({
  matter: 'x',
  version: file.length + 1,
  at: when,
  by: { id: 'reaction', name: '联动', unit: '', roles: [] },
  command: 'x',
  request: { id: `${file.length}`, body: '' },
  events: [{ type, data }],
  previousHash: '',
});
/** The file of an origin from which an interview was opened, or was about to be. */
const taken = (file: readonly Commit[], id: string, when = beginning): readonly Commit[] => [
  ...file,
  commit(file, 'TakenAsOrigin', { kind: 'interview', id }, when),
];

const opening = (
  origin: { readonly kind: string; readonly id: string },
  files: Readonly<Record<string, readonly Commit[]>>,
  now = beginning,
) => given(interview, { ...interviewTown, files }).whenOpened(clerk, { ...application, origin }, { now });
const fromReminder = (files: Readonly<Record<string, readonly Commit[]>>, now = beginning) =>
  opening({ kind: 'reminder', id: 'r1' }, files, now);

const reason = { reason: '另有安排。' };
const alive: readonly [string, Story][] = [
  ['applied for', applied()],
  ['notified', notified()],
  ['held', held()],
  ['closed', closed()],
  ['unresolved', completed().and('review', clerk, { outcome: 'unresolved', opinion: '仍未整改。' })],
];
const dead: readonly [string, Story][] = [
  ['rejected', applied().and('reject', principal, reason)],
  ['withdrawn', applied().and('withdraw', clerk, reason)],
  ['cancelled', notified().and('cancel', committeeOfficer, reason)],
  ['annulled', held().and('annul', principal, reason)],
];

describe('an interview from a reminder from which another one came', () => {
  const reminderFile = taken(ineffective.commits, 'm0');

  test.each(alive)('is refused while that one is %s, and names it', (_, story) => {
    const attempt = fromReminder({ 'reminder/r1': reminderFile, 'interview/m0': story.commits });
    attempt.then({ refused: 'origin-taken' });
    expect(attempt.refusal?.other).toEqual([{ kind: 'interview', id: 'm0' }]);
  });

  test.each(dead)('is opened once that one was %s', (_, story) => {
    fromReminder({ 'reminder/r1': reminderFile, 'interview/m0': story.commits }).then({ state: 'applied' });
  });

  test('is refused while that one is just being opened, and no longer when it never came', () => {
    fromReminder({ 'reminder/r1': reminderFile }, at('2026-03-02', '09:09')).then({ refused: 'origin-taken' });
    fromReminder({ 'reminder/r1': reminderFile }, at('2026-03-02', '09:10')).then({ state: 'applied' });
  });

  test('is refused where an earlier release escalated the reminder and left no other word', () => {
    const escalated = ineffective.whenReacted('interview-changed', { interview: 'm0', state: 'running' }).story;
    fromReminder({ 'reminder/r1': escalated.commits, 'interview/m0': held().commits }).then({
      refused: 'origin-taken',
    });
  });

  test('is the same one where the request came again', () => {
    const file = taken(ineffective.commits, 'm1');
    fromReminder({ 'reminder/r1': file }).then({ state: 'applied' });
  });

  test('is not put behind what only a newer release knows', () => {
    const newer = [...ineffective.commits, commit(ineffective.commits, 'ReminderPraised', {})];
    fromReminder({ 'reminder/r1': newer }).then({ refused: 'newer-release' });
  });
});

describe('an interview after one that led to nothing', () => {
  const unresolved = completed().and('review', clerk, { outcome: 'unresolved', opinion: '仍未整改。' });
  const origin = { kind: 'interview', id: 'm9' };

  test('comes from one that was found unresolved, and from no other', () => {
    const { story } = opening(origin, { 'interview/m9': unresolved.commits });
    expect(story.detailsFor(clerk)).toMatchObject({ origin });
    for (const other of [held(), completed(), closed()])
      opening(origin, { 'interview/m9': other.commits }).then({ refused: 'origin-not-ineffective' });
    opening(origin, {}).then({ refused: 'origin-not-ineffective' });
  });

  test('is one at a time', () => {
    const files = { 'interview/m9': taken(unresolved.commits, 'm0'), 'interview/m0': held().commits };
    opening(origin, files).then({ refused: 'origin-taken' });
  });

  test('is with the same unit', () => {
    const story = given(interview, { ...interviewTown, files: { 'interview/m9': unresolved.commits } });
    const subjects = [{ official: 'ecology-director', responsibility: 'direct' }];
    story.whenOpened(clerk, { ...application, subjects, origin }).then({ refused: 'unit-mismatch' });
  });
});
