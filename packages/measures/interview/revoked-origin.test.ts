import {
  application,
  approved,
  closed,
  concurred,
  held,
  interviewTown,
  notified,
} from '../../../test/story/interview-town.ts';
import { given, type Story, type World } from '../../../test/story/story.ts';
import { clerk, deputy2, housingDirector, housingLiaison, principal } from '../../../test/story/town.ts';
import { reminder } from '../reminder/reminder.ts';
import { interview } from './interview.ts';

/* An interview goes on, or ends, by the principal leader's word once the reminder that it came from was revoked. */

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
  .and('approve', principal, { opinion: '同意。' })
  .and('issue', clerk)
  .and('reply', housingLiaison, { measures: '正在研究。' })
  .and('review', clerk, { outcome: 'ineffective', opinion: '没有措施。' });
const escalated = ineffective.whenReacted('interview-changed', { interview: 'm1', state: 'applied' }).story;
const rescinded = escalated
  .and('dispute', housingLiaison, { grounds: '有误。' })
  .and('decide-dispute', deputy2, { outcome: 'revoked', reason: '异议成立。' });

const world: World = { ...interviewTown, files: { 'reminder/r1': ineffective.commits } };
const origin = { origin: { kind: 'reminder', id: 'r1' } };
const revokedOrigin = (story: Story) => story.whenReacted('origin-revoked', 'r1').then({ events: ['OriginRevoked'] });
const waiting = (story: Story) => story.open.todos().filter(({ act }) => act === 'decide-origin');
const stays = { outcome: 'maintained', reason: '另有事实。' };
const ends = { outcome: 'revoked', reason: '起因不实。' };

test('hears of exactly the interview that the reminder led to, and of it once it is rescinded', () => {
  const heard = interview.hears['origin-revoked'];
  expect(heard?.which(rescinded.commits, 'r1')).toEqual(['m1']);
  expect(heard?.which(escalated.commits, 'r1')).toEqual([]);
  expect(heard?.which([], 'r1')).toEqual([]);
});

test('warns whoever sees the file and waits for the principal leader, whatever its state', () => {
  for (const story of [approved(world, origin), notified(world, origin), held(world, origin)]) {
    const told = revokedOrigin(story);
    expect(told.state).toBe(story.state);
    expect(told.open.warnings('file')).toEqual([{ code: 'origin-revoked', matter: { kind: 'reminder', id: 'r1' } }]);
    expect(told.open.warnings('own')).toEqual([]);
    expect(waiting(told).map(({ assignee }) => assignee)).toEqual(['role:principal-leader']);
    told.whenReacted('origin-revoked', 'r1').thenNothing();
  }
});

test('is not told of another reminder, nor where it came from none or came to nothing', () => {
  held(world, origin).whenReacted('origin-revoked', 'r2').thenNothing();
  held().whenReacted('origin-revoked', 'r1').thenNothing();
  given(interview, world)
    .opened(clerk, { ...application, ...origin })
    .and('withdraw', clerk, { reason: '不再需要。' })
    .whenReacted('origin-revoked', 'r1')
    .thenNothing();
});

test('goes on by the principal leader’s word, which takes the to-do and leaves the warning', () => {
  const told = revokedOrigin(held(world, origin));
  told.when('decide-origin', deputy2, stays).then({ refused: 'not-found' });
  told.when('decide-origin', housingDirector, stays).then({ refused: 'not-yours' });
  const goesOn = told.when('decide-origin', principal, stays).then({ state: 'held', events: ['OriginConsidered'] });
  expect(waiting(goesOn)).toEqual([]);
  expect(goesOn.open.warnings('file')).toHaveLength(1);
  goesOn.when('decide-origin', principal, ends).then({ refused: 'not-now' });
});

test('ends as its state allows: not begun, called off with a notice, or annulled and out of the count', () => {
  revokedOrigin(concurred(world, origin))
    .when('decide-origin', principal, ends)
    .then({ state: 'rejected', letters: {} });
  const calledOff = revokedOrigin(notified(world, origin)).when('decide-origin', principal, ends);
  calledOff.then({ state: 'cancelled', events: ['InterviewCancelled', 'LettersIssued'] });
  expect(calledOff.letters.map(({ type }) => type)).toEqual(['interview-cancelled']);
  const annulled = revokedOrigin(held(world, origin)).when('decide-origin', principal, ends);
  annulled.then({ state: 'annulled', events: ['InterviewAnnulled', 'DeadlineEnded', 'LettersIssued'] });
  expect(annulled.letters.map(({ type }) => type)).toEqual(['interview-annulled']);
});

test('is no question of an interview whose origin stands', () => {
  held(world, origin).when('decide-origin', principal, stays).then({ refused: 'not-now' });
  closed().when('decide-origin', principal, stays).then({ refused: 'not-now' });
});
