/** Tests run as native ES modules; TypeScript's types are stripped by Node itself (see test/strip-types.cjs). */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.cjs' },
  testMatch: ['<rootDir>/{packages,functions,infra,test}/**/*.test.ts'],
  // Deploys into an emulator; `npm run test:aws` runs it.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/aws/'],
  maxWorkers: 2,
  // Nothing here is timed; a busy machine may take its time.
  testTimeout: 30_000,
};
