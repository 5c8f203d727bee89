import { dayAfter, granted, nomination, publicised } from '../../../test/story/reward-town.ts';
import { organizationOfficer } from '../../../test/story/interview-town.ts';
import { at } from '../../../test/story/story.ts';
import { principal } from '../../../test/story/town.ts';
import { grantOf, meritOf } from './reward-file.ts';

const story = granted();
const revoked = story.and('revoke', principal, { ground: 'misconduct' }, { now: at('2026-10-12') });

describe('what a reward adds to an official’s record of merits', () => {
  const merit = {
    matter: { kind: 'reward', id: 'm1' },
    project: nomination.project,
    kind: 'timely-reward',
    kindName: '及时奖励',
    number: '演奖〔2026〕1号',
    grantedOn: dayAfter,
    citations: [{ clause: '直接承担急难险重任务的', facts: '带队封堵管涌三处。' }],
  };

  test('is the decision with the clauses and facts of that official alone', () => {
    expect(meritOf('m1', story.commits, 'housing-director')).toEqual(merit);
  });

  test('stays once it is revoked, and says so', () => {
    expect(meritOf('m1', revoked.commits, 'housing-director')).toEqual({
      ...merit,
      revoked: { on: '2026-10-12', ground: 'misconduct', groundName: '有严重违纪违法等行为，影响称号声誉的' },
    });
  });

  test('is nothing before it was granted, for anybody else, or where there is no such reward', () => {
    expect(meritOf('m1', publicised().commits, 'housing-director')).toBeUndefined();
    expect(meritOf('m1', story.commits, 'housing-deputy')).toBeUndefined();
    expect(meritOf('m2', [], 'housing-director')).toBeUndefined();
  });
});

test('a grant is known with its deed’s day and its size, as long as it stands', () => {
  expect(grantOf(story.commits)).toEqual({ deedOn: '2026-08-20', grantedOn: dayAfter, candidates: 2, frontline: true });
  expect(grantOf(revoked.commits)).toBeUndefined();
  expect(grantOf(publicised().commits)).toBeUndefined();
});

test('a reward that was granted above is a merit of the day and by the document of the body that granted it', () => {
  const decision = { granted: true, by: '省级审批机关（演示）', on: '2026-10-12', reference: '演批〔2026〕3号' };
  const recommended = publicised(undefined, { kind: 'merit-first' })
    .throughDay(dayAfter)
    .and('recommend', organizationOfficer, {}, { now: at(dayAfter) });
  const above = recommended.and('record-grant', organizationOfficer, decision, { now: at('2026-10-13') });
  expect(meritOf('m1', above.commits, 'housing-director')).toMatchObject({
    kindName: '记一等功',
    number: '演批〔2026〕3号',
    grantedOn: '2026-10-12',
    grantedBy: '省级审批机关（演示）',
  });
  expect(grantOf(above.commits)).toMatchObject({ grantedOn: '2026-10-12', candidates: 2 });
  const declined = recommended.and(
    'record-grant',
    organizationOfficer,
    { ...decision, granted: false },
    { now: at('2026-10-13') },
  );
  for (const story of [recommended, declined]) {
    expect(meritOf('m1', story.commits, 'housing-director')).toBeUndefined();
    expect(grantOf(story.commits)).toBeUndefined();
  }
});
