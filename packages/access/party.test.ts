import type { Caller } from './caller.ts';
import { type Gate, sightOf } from './gate.ts';
import { answersForUnit, assigneesOf, role, theOpener, theUnit } from './party.ts';

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

describe('what a caller goes by', () => {
  test('is itself, its unit if it answers for it, and its roles', () => {
    expect(assigneesOf(liaison)).toEqual(['person:housing-liaison', 'unit:housing', 'role:unit']);
    expect(assigneesOf(director)).toEqual(['person:housing-director', 'role:official']);
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
