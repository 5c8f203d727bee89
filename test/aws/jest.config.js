import base from '../../jest.config.js';

/** `npm run test:aws`: one file, minutes long, against an emulator of AWS. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/aws/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
