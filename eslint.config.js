import js from '@eslint/js';
import jest from 'eslint-plugin-jest';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules', '.ci', '.dandang', 'dist', 'cdk.out', 'coverage', 'artifacts', '**/*.cjs'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message:
            'Time is an argument: take an instant from the clock that was passed in (only packages/lambda/aws.ts, packages/local/service.ts, packages/office/serve.ts and packages/server/operate/operator.ts own a clock).',
        },
      ],
    },
  },
  {
    files: ['packages/{casework,access,policy,calendar,measures,accept,api}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'max-lines': ['error', 300] },
  },
  {
    files: ['packages/portal/src/**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', 250],
      // JSX takes handlers that nobody waits for.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: ['**/*.test.ts', 'test/**/*.ts'],
    plugins: { jest },
    rules: {
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert', 'then*', '**.then*'] }],
      'jest/no-focused-tests': 'error',
      'jest/no-identical-title': 'error',
    },
  },
  {
    files: [
      'packages/lambda/aws.ts',
      'packages/local/service.ts',
      'packages/office/serve.ts',
      'packages/server/operate/operator.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: [
      'packages/{local,office}/**/*.ts',
      'test/bench/**/*.ts',
      'infra/**/*.ts',
      'functions/write-openapi.ts',
      'test/letters/{demo-letters,validate}.ts',
    ],
    rules: { 'no-console': 'off' },
  },
);
