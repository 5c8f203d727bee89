import type { Caller } from '@dandang/access/caller.ts';
import { organizationHead, organizationOfficer } from '../../../test/story/interview-town.ts';
import { at, type Story } from '../../../test/story/story.ts';
import {
  accepted,
  applied,
  changed,
  closed,
  corrected,
  correcting,
  decided,
  decidedAs,
  declined,
  exempting,
  grounds,
  heard,
  investigating,
  mitigating,
  notes,
  nothingToCorrect,
  proposed,
  reason,
} from '../../../test/story/tolerance-story.ts';
import {
  active,
  auditOfficer,
  disciplineHead,
  disciplineHead2,
  toleranceTown,
  townspeople,
} from '../../../test/story/tolerance-town.ts';
import { disciplineOfficer, housingDirector, housingLiaison } from '../../../test/story/town.ts';

/** What of a tolerance matter is shown to whom. */

const story = decided();
const said = (caller: Caller, of = story) => JSON.stringify(of.detailsFor(caller) ?? null);
const fields = (caller: Caller, of = story) => Object.keys(of.detailsFor(caller) ?? {});

test('those who judge read everything', () => {
  for (const word of Object.values(notes)) expect(said(disciplineOfficer)).toContain(word);
});

test('the official reads nothing that those who judge noted but what was said in its own hearing', () => {
  const { heard: own, ...secret } = notes;
  for (const word of Object.values(secret)) expect(said(housingDirector)).not.toContain(word);
  expect(said(housingDirector)).toContain(own);
});

test('the unit reads none of it, and a copied body nothing but the decision and what follows from it', () => {
  for (const word of Object.values(notes)) {
    expect(said(housingLiaison)).not.toContain(word);
    expect(said(auditOfficer)).not.toContain(word);
  }
  expect(fields(auditOfficer)).toEqual(['official', 'decision', 'effects', 'rescinded']);
});

test('who decided, and who asked for a review or decided on it, only those who judge are told', () => {
  const after = story
    .and('request-review', housingLiaison, grounds)
    .and('decide-review', disciplineHead2, changed({ ...exempting, ...nothingToCorrect }));
  for (const one of [housingDirector, auditOfficer]) {
    expect(said(one, after)).not.toContain('discipline-head');
    expect(said(one, after)).not.toContain('housing-liaison');
  }
  expect(after.detailsFor(disciplineOfficer)).toMatchObject({
    decisions: [{ by: 'discipline-head' }, { by: 'discipline-head-2' }],
    reviews: [{ by: 'housing-liaison', outcome: 'changed' }],
  });
});

test('an official with an office of the organ reads only its own part of its own case, and so does its stand-in', () => {
  const change = { initiator: 'ex-officio', official: 'discipline-head', unit: 'discipline' };
  const case_ = applied(toleranceTown, change, disciplineOfficer)
    .and('accept', disciplineOfficer)
    .and('investigate', disciplineOfficer, { investigators: ['organization-officer', 'audit-officer'] });
  const standIn: Caller = { ...disciplineHead, id: 'x', onBehalfOf: { id: 'discipline-head', name: '' } };
  expect([disciplineOfficer, disciplineHead, standIn].map((one) => case_.open.sees(one))).toEqual([
    'file',
    'own',
    'own',
  ]);
});

test('those who decide see it from the proposal on, and one that was declined only once a review was asked for', () => {
  const rescinded = story.and('rescind', disciplineHead, reason);
  const asked = declined().and('request-review', housingDirector, grounds);
  // One who decides and holds no other office of the organ.
  const decider: Caller = { id: 'deputy', name: '', unit: 'discipline', roles: ['decider'] };
  const seeing = (...stories: readonly Story[]) => stories.map((one) => one.open.sees(decider));
  const withdrawn = proposed().and('withdraw', housingDirector, reason);
  expect(new Set(seeing(applied(), accepted(), investigating(), heard(), declined(), withdrawn))).toEqual(
    new Set([undefined]),
  );
  expect(new Set(seeing(proposed(), asked, story, correcting(), closed(), rescinded))).toEqual(new Set(['file']));
});

test('nobody else learns that there is one before it is decided, and the copied bodies learn it then', () => {
  const strangers = townspeople.filter(({ unit }) => !['discipline', 'housing'].includes(unit));
  const knowing = (of: Story) => strangers.filter((one) => of.open.sees(one) !== undefined).map(({ id }) => id);
  expect(knowing(heard())).toEqual([]);
  expect(knowing(proposed())).toEqual([]);
  expect(knowing(story)).toEqual(['organization-officer', 'organization-head', 'inspection-officer', 'audit-officer']);
  // A decider of another organ knows what its organ was copied, and no more.
  expect(story.open.sees(organizationHead)).toBe('copy');
  expect(story.open.sees(organizationOfficer)).toBe('copy');
  // A colleague of the official is no party to it.
  expect(story.open.sees({ ...housingDirector, id: 'housing-deputy' })).toBeUndefined();
});

test('a decision is shown under the names with which it was entered, with the day on which it was made', () => {
  const after = proposed().and('decide', disciplineHead, mitigating, { now: at('2026-03-05') });
  const { correction, ...entered } = mitigating;
  expect(after.detailsFor(auditOfficer)?.['decision']).toEqual({
    ...entered,
    correction: correction.map((one) => ({ id: 'correction-1', ...one })),
    impactEndsOn: '2026-09-05',
    decidedOn: '2026-03-05',
  });
});

test('effects are shown with purpose and clause; for 减责 with the day after which they hold', () => {
  const reference = '三峡日报 2023-03-28，《宜昌市容错纠错实施办法》解读，“容错结果如何运用”';
  const clause = { kind: 'article', reference };
  expect(story.detailsFor(auditOfficer)?.['effects']).toContainEqual({
    purpose: 'assessment',
    effect: 'not-held',
    text: '在单位或者个人各类考核评价中，不影响考核评价结果',
    clause,
    units: true,
  });
  expect(decidedAs(mitigating).detailsFor(auditOfficer)?.['effects']).toMatchObject([
    { purpose: 'promotion', effect: 'possible', clause, after: '2026-09-02' },
    { purpose: 'representative', effect: 'possible', clause, after: '2026-09-02' },
  ]);
  // What was taken back means nothing any more.
  const taken = decided().and('rescind', disciplineHead, reason);
  expect(taken.detailsFor(auditOfficer)?.['effects']).toEqual([]);
  // Before a decision nothing follows from anything.
  expect(heard().detailsFor(housingDirector)?.['effects']).toBeUndefined();
});

test('risk filings are shown as they stood on the day of the decision, before it as on that of the application', () => {
  const world = (filing: Story) => ({ ...toleranceTown, files: { 'risk-filing/f1': filing.commits } });
  const before = proposed(world(active()), { riskFilings: ['f1'] });
  const revoked = active().and('revoke', disciplineOfficer, { reason: '以备案为挡箭牌。' });
  const after = before.within(world(revoked)).and('decide', disciplineHead, exempting);
  expect(before.detailsFor(housingDirector)?.['filings']).toEqual([
    { id: 'f1', state: 'active', filedOn: '2026-03-02' },
  ]);
  expect(after.detailsFor(housingDirector)?.['filings']).toEqual([
    { id: 'f1', state: 'revoked', filedOn: '2026-03-02' },
  ]);
});

test('corrections are shown to whoever owes them with what became of them', () => {
  const returned = corrected().and('return-correction', disciplineOfficer, reason);
  expect(returned.detailsFor(housingLiaison)?.['corrections']).toMatchObject([
    {
      id: 'correction-1',
      requirement: '补办施工许可。',
      state: 'returned',
      returned: reason,
      report: '许可证已取得。',
    },
  ]);
  expect(returned.detailsFor(auditOfficer)?.['corrections']).toBeUndefined();
});
