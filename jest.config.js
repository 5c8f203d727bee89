/** Tests run as native ES modules; TypeScript's types are stripped by Node itself (see test/strip-types.cjs). */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.cjs' },
  testMatch: ['<rootDir>/{packages,functions,infra,test}/**/*.test.ts'],
  maxWorkers: 2,
};
