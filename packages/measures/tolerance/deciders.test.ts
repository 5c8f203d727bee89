/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import type { Caller } from '@dandang/access/caller.ts';
import { type Gate, sightOf } from '@dandang/access/gate.ts';
import { summarize } from '@dandang/casework/matter-summary.ts';
import { organizationHead } from '../../../test/story/interview-town.ts';
import type { Story, World } from '../../../test/story/story.ts';
import {
  accepted,
  applied,
  decided,
  declined,
  exempting,
  grounds,
  hearing,
  maintained,
  proposal,
  proposed,
  reason,
  sheet,
} from '../../../test/story/tolerance-story.ts';
import {
  disciplineHead,
  disciplineHead2,
  disciplineHead3,
  toleranceTown,
  toleranceTownWith,
} from '../../../test/story/tolerance-town.ts';
import { admin, clerk, disciplineOfficer, housingDirector } from '../../../test/story/town.ts';

/** The organ decides in its own name, by somebody who had no other part in it (Yichang: 责任追究机关作出容错决定). */

/** The town whose directory knows these deciders of the discipline organ alone. */
const knowing = (world: World, ...deciders: readonly Caller[]): World => ({
  ...world,
  officials: world.officials.map((one) => {
    const gone = one.unit === 'discipline' && !deciders.some(({ id }) => id === one.id);
    return gone ? { ...one, roles: one.roles?.filter((name) => name !== 'decider') ?? [] } : one;
  }),
});
const elsewhere = toleranceTownWith({ 'tolerance.reviewOffice': 'organization' });
const asked = (story: Story) => story.and('request-review', housingDirector, grounds);
const waiting = (story: Story, act: string) =>
  story.open
    .todos()
    .filter((one) => one.act === act)
    .map(({ assignee }) => assignee);
const codes = (story: Story, sight: 'file' | 'own' | 'copy' = 'file') =>
  story.open.warnings(sight).map(({ code }) => code);
const onlyDecider = (world: World) => decided(knowing(world, disciplineHead));

describe('who opened it, proposed, or was to investigate it', () => {
  const investigatedBy = (named: readonly string[]) =>
    accepted()
      .and('investigate', disciplineOfficer, { investigators: named })
      .and('assess', disciplineOfficer, sheet)
      .and('hear', housingDirector, hearing)
      .and('propose', disciplineOfficer, proposal);
  const opened = applied(toleranceTown, { initiator: 'ex-officio' }, disciplineHead)
    .and('accept', disciplineOfficer)
    .and('investigate', disciplineOfficer, { investigators: ['discipline-officer', 'audit-officer'] })
    .and('assess', disciplineOfficer, sheet)
    .and('hear', housingDirector, hearing)
    .and('propose', disciplineOfficer, proposal);
  const ownInvestigation = investigatedBy(['discipline-officer', 'discipline-head']);

  test.each([
    ['opened it', opened, disciplineHead],
    ['was to investigate it', ownInvestigation, disciplineHead],
    [
      'stands in for one of them',
      ownInvestigation,
      { ...disciplineHead2, onBehalfOf: { id: 'discipline-head', name: '' } },
    ],
  ] as const)('neither decides nor returns it: who %s', (_who, story, by) => {
    story.when('decide', by, exempting).then({ refused: 'own-approval', events: [] });
    story.when('return', by, reason).then({ refused: 'own-approval' });
    expect(story.allowed(by)).not.toContain('decide');
    const made = story.and('decide', disciplineHead3, exempting);
    made.when('rescind', by, reason).then({ refused: 'own-approval' });
    made.when('rescind', disciplineHead3, reason).then({ state: 'rescinded' });
  });
});

describe('deciders of other organs', () => {
  const decider: Caller = { ...organizationHead, roles: ['decider'] };

  test('do not know of the file, whatever is done to it', () => {
    const stories = [proposed(), asked(declined()), asked(decided())];
    for (const story of stories)
      for (const [command, body] of [
        ['decide', exempting],
        ['return', reason],
        ['rescind', reason],
        ['decide-review', maintained],
      ] as const)
        story.when(command, decider, body).then({ refused: 'not-found' });
  });

  test('find nothing in a row either, neither in one of today nor in one of release 0.1.0', () => {
    const { gate } = summarize(asked(decided()).open);
    const old: Gate = {
      ...gate,
      file: gate.file.map((one) => (one === 'decider:discipline' ? ('role:decider' as const) : one)),
    };
    expect(gate.file).toEqual([
      'unit:discipline',
      'person:discipline-officer',
      'person:discipline-officer-2',
      'decider:discipline',
    ]);
    for (const stored of [gate, old]) expect(sightOf(stored, decider)).toBeUndefined();
  });
});

describe('where the directory knows nobody left who may decide', () => {
  test('the deciders of the unit that the setting names do it, and see the file from then on', () => {
    const open = asked(onlyDecider(elsewhere));
    expect(codes(open)).toEqual([]);
    expect(waiting(open, 'decide-review')).toEqual(['decider:discipline', 'decider:organization']);
    expect(open.open.sees(organizationHead)).toBe('file');
    const reviewed = open.when('decide-review', organizationHead, maintained).then({ state: 'decided' });
    // What is decided is decided in the organ’s name.
    expect(reviewed.open.matter.letters.at(-1)?.content.issuer).toBe('市纪委监委机关（演示）');
    const nobody = proposed(knowing(elsewhere));
    nobody.when('decide', organizationHead, exempting).then({ state: 'correcting' });
  });

  test('and nobody else does while somebody is left', () => {
    const open = asked(decided(knowing(elsewhere, disciplineHead, disciplineHead2)));
    expect(waiting(open, 'decide-review')).toEqual(['decider:discipline']);
    open.when('decide-review', organizationHead, maintained).then({ refused: 'not-yours' });
    // Until the last one stands aside.
    const aside = open.and('recuse', disciplineHead2, { person: 'discipline-head-2', ground: '近亲属。' });
    aside.when('decide-review', organizationHead, maintained).then({ state: 'decided' });
  });

  test('the request is taken all the same where no unit is set, and the administrator has a to-do', () => {
    const open = asked(onlyDecider(toleranceTown));
    expect([codes(open), codes(open, 'own'), codes(open, 'copy')]).toEqual([['no-reviewer'], ['no-reviewer'], []]);
    expect(waiting(open, 'name-reviewer')).toEqual(['role:admin']);
    // It knows that there is one, and nothing of what is in it.
    expect([open.open.sees(admin), open.detailsFor(admin)]).toEqual(['copy', {}]);
    expect(codes(proposed(knowing(toleranceTown)))).toEqual(['no-reviewer']);
  });

  test('the administrator names a unit, or the organ itself where somebody has become a decider of it', () => {
    const open = asked(onlyDecider(toleranceTown));
    open.when('name-reviewer', admin, { unit: 'nowhere' }).then({ refused: 'unknown-unit' });
    open.when('name-reviewer', admin, { unit: 'housing' }).then({ refused: 'handler-is-subject' });
    open.when('name-reviewer', clerk, { unit: 'organization' }).then({ refused: 'not-found' });
    open.when('name-reviewer', disciplineOfficer, { unit: 'organization' }).then({ refused: 'not-yours' });
    const named = open.and('name-reviewer', admin, { unit: 'organization' });
    expect([codes(named), waiting(named, 'name-reviewer'), named.open.sees(admin)]).toEqual([[], [], undefined]);
    named.when('decide-review', organizationHead, maintained).then({ state: 'decided' });
    const own = open.and('name-reviewer', admin, { unit: 'discipline' });
    own.when('decide-review', disciplineHead2, maintained).then({ state: 'decided' });
    own.when('decide-review', organizationHead, maintained).then({ refused: 'not-yours' });
  });

  test('there is nothing to name while somebody is left', () => {
    asked(decided()).when('name-reviewer', admin, { unit: 'organization' }).then({ refused: 'not-found' });
    expect(codes(asked(decided()))).toEqual([]);
  });
});
