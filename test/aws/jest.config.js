import base from '../../jest.config.js';

/** `npm run test:aws`: one deployment, minutes long, into an emulator of AWS. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/aws/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
