/** Import rules of docs/architecture.md, Layout. Each comment says what is allowed. */
const pure = '^packages/(casework|calendar|policy|letters|access)/';
const test = '\\.test\\.ts$';
module.exports = {
  forbidden: [
    {
      name: 'no-function-to-function',
      comment: 'A function folder imports packages only. What two functions share belongs in a package.',
      severity: 'error',
      from: { path: '^functions/([^/]+)/' },
      to: { path: '^functions/', pathNot: '^functions/$1/' },
    },
    {
      name: 'packages-know-no-functions',
      comment: 'Packages do not import functions; only packages/local runs them all on one machine.',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/local/' },
      to: { path: '^functions/' },
    },
    {
      name: 'pure-packages',
      comment:
        'casework, calendar, policy, letters and access import no AWS, no middy and no Node I/O (node:crypto, which only computes, is allowed).',
      severity: 'error',
      from: { path: pure, pathNot: test },
      to: {
        path: '(^|/)(@aws-sdk|@middy|@smithy|nodemailer|dynalite)/|^(node:)?(fs|fs/promises|net|http|https|tls|dgram|child_process|worker_threads|cluster|dns|os|process|path)$',
      },
    },
    {
      name: 'pure-packages-import-pure-packages',
      comment: 'A pure package imports pure packages only.',
      severity: 'error',
      from: { path: pure },
      to: { path: '^packages/(store|mail|lambda|local|portal)/' },
    },
    {
      name: 'only-the-edge-knows-aws',
      comment: 'Only store, mail, lambda and local import the AWS SDK or middy.',
      severity: 'error',
      from: { path: '^(packages|functions)/', pathNot: '^packages/(store|mail|lambda|local)/' },
      to: { path: 'node_modules/(@aws-sdk|@middy|@smithy)/' },
    },
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
