import fc from 'fast-check';
import { callerFromClaims, hasRole, roles } from './caller.ts';

const claims = { sub: 'clerk', name: '王督查', unit: 'supervision-office', roles: ['supervision'] };

describe('claims', () => {
  test('name a caller', () => {
    expect(callerFromClaims(claims)).toEqual({
      id: 'clerk',
      name: '王督查',
      unit: 'supervision-office',
      roles: ['supervision'],
    });
  });

  test('may carry what we do not read', () => {
    expect(callerFromClaims({ ...claims, email: 'x@y.example', iat: 1 })).toEqual(callerFromClaims(claims));
  });

  test('may name no unit, which is a caller without one', () => {
    expect(callerFromClaims({ ...claims, unit: undefined })?.unit).toBe('');
    expect(callerFromClaims({ ...claims, unit: '' })?.unit).toBe('');
  });

  test.each(roles)('grant the role %s', (role) => {
    expect(callerFromClaims({ ...claims, roles: [role] })?.roles).toEqual([role]);
  });

  test('with roles that we do not know grant the others and nothing more', () => {
    const named = ['supervision', 'root', 'SUPERVISION', 'supervision ', '', 'constructor', 'approver'];
    expect(callerFromClaims({ ...claims, roles: named })?.roles).toEqual(['supervision', 'approver']);
    expect(callerFromClaims({ ...claims, roles: [] })?.roles).toEqual([]);
  });

  test.each([
    ['no sub', { sub: undefined }],
    ['an empty sub', { sub: '' }],
    ['a sub with a separator', { sub: 'a/b' }],
    ['a sub with a line end', { sub: 'clerk\n' }],
    ['a sub of 65 characters', { sub: 'x'.repeat(65) }],
    ['a number as sub', { sub: 1 }],
    ['no name', { name: undefined }],
    ['an empty name', { name: '' }],
    ['a name of 201 characters', { name: '长'.repeat(201) }],
    ['a unit with a separator', { unit: 'a#b' }],
    ['null as unit', { unit: null }],
    ['no roles', { roles: undefined }],
    ['roles in one text', { roles: 'supervision' }],
    ['a role that is no text', { roles: ['supervision', 1] }],
    ['null as roles', { roles: null }],
  ])('with %s name nobody', (_what, change) => {
    expect(callerFromClaims({ ...claims, ...change })).toBeUndefined();
  });

  test.each(['clock', 'reaction'])(
    'of somebody called %s name nobody: the file would not call that a person',
    (sub) => {
      expect(callerFromClaims({ ...claims, sub })).toBeUndefined();
    },
  );

  test('of any shape never throw, and never grant a role that they do not name', () => {
    fc.assert(
      fc.property(fc.anything(), (payload) => {
        expect(callerFromClaims(payload)).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...roles))), (named) => {
        for (const role of callerFromClaims({ ...claims, roles: named })?.roles ?? []) expect(named).toContain(role);
      }),
    );
  });
});

test('a caller has a role if any of those asked for is among its own', () => {
  const caller = { id: 'x', name: 'x', unit: '', roles: ['unit', 'official'] as const };
  expect([hasRole(caller, 'unit'), hasRole(caller, 'leader', 'official'), hasRole(caller, 'leader')]).toEqual([
    true,
    true,
    false,
  ]);
  expect(hasRole(caller)).toBe(false);
});
