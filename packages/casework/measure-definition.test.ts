import type { Caller } from '@dandang/access/caller.ts';
import { theAssistants, theUnit, unitsNamed } from '@dandang/access/party.ts';
import fc from 'fast-check';
import { sheetOf } from './measure-definition.ts';

/* What is said of a deadline, found by its name: itself, one of a numbered row, or that of one unit of several. */

const sheet = { title: '…', act: 'act', owedBy: theUnit };
const deadlines = {
  reply: sheet,
  correction: { ...sheet, act: 'file-correction' },
  assist: {
    ...sheet,
    act: 'contribute',
    owedBy: theAssistants,
    owedByEach: (unit: string) => unitsNamed('an assisting unit', [unit]),
  },
};
const actOf = (name: string): string | undefined => sheetOf({ deadlines }, name)?.act;
const matter = { unit: { id: 'housing' }, openedBy: { id: 'clerk', unit: 'supervision-office' }, subjects: [] };
const liaisonOf = (unit: string): Caller => ({ id: 'liaison', name: '联络员', unit, roles: ['unit'] });

test('a deadline goes by its own name, or by the name before its number', () => {
  expect(['reply', 'correction', 'correction-2', 'correction-12'].map(actOf)).toEqual([
    'act',
    'file-correction',
    'file-correction',
    'file-correction',
  ]);
});

test('no other name means anything', () => {
  const names = ['', 'other', 'correction-', 'correction-x', 'correction-2-x', 'xcorrection-2', 'assist-', 'reply-x'];
  expect(names.map(actOf)).toEqual(names.map(() => undefined));
});

test('that of one unit of several is owed by that unit and by no other, whatever it is called', () => {
  const unit = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
  fc.assert(
    fc.property(unit, unit, (own, other) => {
      fc.pre(own !== other);
      const owedBy = sheetOf({ deadlines }, `assist-${own}`)?.owedBy;
      expect(owedBy?.assignees(matter)).toEqual([`unit:${own}`]);
      expect([own, other].map((one) => owedBy?.includes(liaisonOf(one), matter))).toEqual([true, false]);
    }),
  );
});
