import { HttpBindingNormalizedSchema, getHttpOperationBindings } from './no-host-prefix.ts';

test('what a host’s name begins with is found, and nothing where there is nothing', () => {
  expect(getHttpOperationBindings({ traits: { endpoint: ['{Route}.'] } })[4]).toBe('{Route}.');
  expect(getHttpOperationBindings({ traits: 0 })[4]).toBeUndefined();
  expect(getHttpOperationBindings({})[4]).toBeUndefined();
});

test('a host’s name that begins with a part of the input says that it is left out', () => {
  expect(() => HttpBindingNormalizedSchema.of()).toThrow(/left out of bundles/);
});
