import type { Caller } from './caller.ts';
import { type Gate, sightOf } from './gate.ts';
import {
  anOfficer,
  answersForUnit,
  appointed,
  assigneesOf,
  decidersIn,
  role,
  theDeciders,
  theOpener,
  theOrgan,
  theUnit,
} from './party.ts';

const caller = (id: string, unit: string, ...roles: Caller['roles'][number][]): Caller => ({
  id,
  name: id,
  unit,
  roles,
});
const liaison = caller('housing-liaison', 'housing', 'unit');
const director = caller('housing-director', 'housing', 'official');
const otherLiaison = caller('ecology-liaison', 'ecology', 'unit');
const clerk = caller('clerk', 'supervision-office', 'supervision');
const matter = {
  unit: { id: 'housing' },
  openedBy: { id: 'clerk', unit: 'supervision-office' },
  subjects: [{ id: 'housing-director' }],
};

describe('a party', () => {
  test('by role includes everybody who carries it, and acts by authority', () => {
    const supervision = role('supervision');
    expect([clerk, liaison].map((one) => supervision.includes(one, matter))).toEqual([true, false]);
    expect(supervision).toMatchObject({ name: 'supervision', office: true });
    expect(supervision.assignees(matter)).toEqual(['role:supervision']);
  });

  test('of the unit includes those who answer for it, not its officials and not another unit’s', () => {
    expect([liaison, director, otherLiaison, clerk].map((one) => theUnit.includes(one, matter))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(theUnit.office).toBe(false);
    expect(theUnit.assignees(matter)).toEqual(['unit:housing']);
  });

  test('of the opener is one person', () => {
    expect(
      [clerk, caller('clerk-2', 'supervision-office', 'supervision')].map((one) => theOpener.includes(one, matter)),
    ).toEqual([true, false]);
    expect(theOpener.assignees(matter)).toEqual(['person:clerk']);
  });

  test('has assignees whom it includes and no others', () => {
    for (const party of [role('supervision'), theUnit, theOpener])
      for (const one of [liaison, director, otherLiaison, clerk]) {
        const meant = party.assignees(matter).some((assignee) => assigneesOf(one).includes(assignee));
        expect([party.name, one.id, meant]).toEqual([party.name, one.id, party.includes(one, matter)]);
      }
  });
});

describe('those who act for an organ', () => {
  const organized = { ...matter, organ: { id: 'discipline' } };
  const officer = caller('discipline-officer', 'discipline', 'discipline');
  const auditor = caller('audit-officer', 'audit', 'audit');
  /** Of the organ's unit, but with no office in it. */
  const driver = caller('discipline-driver', 'discipline', 'official');
  const contact = caller('discipline-liaison', 'discipline', 'unit');
  const decider = caller('discipline-head', 'discipline', 'discipline', 'decider');
  const everybody = [officer, decider, auditor, driver, contact, clerk, liaison, director, otherLiaison];

  test('are the officers of the organ that handles the matter, by unit and by office', () => {
    expect(everybody.filter((one) => theOrgan.includes(one, organized))).toEqual([officer, decider]);
    expect(theOrgan.includes(auditor, { ...matter, organ: { id: 'audit' } })).toBe(true);
    expect(theOrgan).toMatchObject({ office: true });
    expect(theOrgan.assignees(organized)).toEqual(['unit:discipline']);
  });

  test('are nobody where no organ handles it, and nobody without a unit', () => {
    expect(everybody.some((one) => theOrgan.includes(one, matter))).toBe(false);
    expect(theOrgan.assignees(matter)).toEqual([]);
    expect(theOrgan.includes(caller('x', '', 'discipline'), organized)).toBe(false);
  });

  test('may be of any organ where an organ opens the matter: then nobody in particular is meant', () => {
    const offices = [
      'supervision',
      'party-committee-office',
      'discipline',
      'organization',
      'inspection',
      'audit',
    ] as const;
    for (const one of offices) expect(anOfficer.includes(caller('x', 'x', one), matter)).toBe(true);
    for (const one of ['unit', 'official', 'leader', 'principal-leader', 'approver', 'decider', 'admin'] as const)
      expect([one, anOfficer.includes(caller('x', 'x', one), matter)]).toEqual([one, false]);
    expect(anOfficer).toMatchObject({ office: true });
    expect(anOfficer.assignees(matter)).toEqual([]);
  });

  test('may be appointed, each for itself, and act by authority', () => {
    const investigators = appointed('an investigator', [officer.id, auditor.id]);
    expect(everybody.filter((one) => investigators.includes(one, organized))).toEqual([officer, auditor]);
    expect(investigators).toMatchObject({ name: 'an investigator', office: true });
    expect(investigators.assignees(organized)).toEqual(['person:discipline-officer', 'person:audit-officer']);
    expect(everybody.some((one) => appointed('an investigator', []).includes(one, organized))).toBe(false);
  });

  test('are whom a to-do of theirs reaches', () => {
    const investigators = appointed('an investigator', [officer.id, auditor.id]);
    for (const one of everybody) {
      const reached = (party: typeof theOrgan) =>
        party.assignees(organized).some((assignee) => assigneesOf(one).includes(assignee));
      expect([one.id, reached(investigators)]).toEqual([one.id, investigators.includes(one, organized)]);
      // Every officer of the organ is reached; so is its liaison, who may look and not act.
      expect([one.id, reached(theOrgan)]).toEqual([one.id, theOrgan.includes(one, organized) || one === contact]);
    }
  });
});

describe('the deciders of an organ', () => {
  const organized = { ...matter, organ: { id: 'discipline' } };
  const officer = caller('discipline-officer', 'discipline', 'discipline');
  const own = caller('x', 'discipline', 'decider');
  const elsewhere = caller('y', 'organization', 'organization', 'decider');

  test('are those of its own unit: nobody decides in the name of another', () => {
    const those = [own, elsewhere, officer];
    expect(those.map((one) => theDeciders.includes(one, organized))).toEqual([true, false, false]);
    expect(those.map((one) => decidersIn('organization').includes(one, organized))).toEqual([false, true, false]);
    expect(theDeciders.includes(own, { ...organized, organ: undefined })).toBe(false);
  });

  test('are whom a to-do of theirs reaches', () => {
    for (const party of [theDeciders, decidersIn('organization')])
      for (const one of [own, elsewhere, officer]) {
        const reached = party.assignees(organized).some((assignee) => assigneesOf(one).includes(assignee));
        expect([one.id, reached]).toEqual([one.id, party.includes(one, organized)]);
      }
    expect(theDeciders.assignees({ ...organized, organ: undefined })).toEqual([]);
  });
});

describe('what a caller goes by', () => {
  test('is itself, its unit if it answers for it, and its roles', () => {
    expect(assigneesOf(liaison)).toEqual(['person:housing-liaison', 'unit:housing', 'role:unit']);
    expect(assigneesOf(director)).toEqual(['person:housing-director', 'role:official']);
  });

  test('is the deciders of its unit where it is one of them', () => {
    expect(assigneesOf(caller('x', 'discipline', 'decider'))).toEqual([
      'person:x',
      'decider:discipline',
      'role:decider',
    ]);
    expect(assigneesOf(caller('x', '', 'decider'))).toEqual(['person:x', 'role:decider']);
  });

  test('is never a unit for somebody who has none', () => {
    expect(assigneesOf(caller('admin', '', 'unit', 'admin'))).toEqual(['person:admin', 'role:unit', 'role:admin']);
  });

  test('counts the officers of an organ as answering for it, and officials, leaders and the administrator not', () => {
    expect(
      ['unit', 'supervision', 'discipline', 'organization', 'inspection', 'audit'].map((one) => answersForUnit([one])),
    ).toEqual(Array(6).fill(true));
    expect(['official', 'leader', 'approver', 'admin', 'decider'].map((one) => answersForUnit([one]))).toEqual(
      Array(5).fill(false),
    );
    expect(answersForUnit([])).toBe(false);
  });
});

describe('a gate', () => {
  const gate: Gate = { file: ['role:supervision'], own: ['unit:housing', 'person:housing-director'] };

  test('shows the file to those who handle it and their own to those whom it concerns', () => {
    expect([clerk, liaison, director].map((one) => sightOf(gate, one))).toEqual(['file', 'own', 'own']);
  });

  test('shows the more where somebody is both', () => {
    expect(sightOf(gate, caller('x', 'housing', 'unit', 'supervision'))).toBe('file');
  });

  test('is shut to everybody else', () => {
    for (const one of [
      otherLiaison,
      caller('housing-deputy', 'housing', 'official'),
      caller('admin', '', 'admin'),
      caller('x', 'housing'),
    ])
      expect(sightOf(gate, one)).toBeUndefined();
    expect(sightOf({ file: [], own: [] }, clerk)).toBeUndefined();
  });

  test('takes no person for a role or a unit of the same name', () => {
    expect(sightOf(gate, caller('supervision', 'nowhere', 'official'))).toBeUndefined();
    expect(sightOf(gate, caller('housing', 'nowhere', 'unit'))).toBeUndefined();
  });
});
