/** Import rules of README.md, Where things are. Each comment says what is allowed. */
const pure = '^packages/(casework|calendar|policy|letters|access|measures)/';
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
      comment: 'Packages do not import functions; only packages/server runs them all on one machine.',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/server/' },
      to: { path: '^functions/' },
    },
    {
      name: 'infra-knows-the-table-of-routes',
      comment:
        'Infra reads functions/routes.ts and the declarations in packages; it starts nothing and imports no entry.',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^(functions/[^/]+/|packages/(server|local|office|mail)/|test/)' },
    },
    {
      name: 'nothing-deployed-imports-infra',
      comment: 'Packages and functions do not import infra; tests may.',
      severity: 'error',
      from: { path: '^(packages|functions)/', pathNot: test },
      to: { path: '^(infra|test)/' },
    },
    {
      name: 'pure-packages',
      comment:
        'casework, calendar, policy, letters, access and measures import no AWS, no middy and no Node I/O (node:crypto, which only computes, is allowed).',
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
      to: { path: '^packages/(store|mail|accept|api|lambda|server|local|office|portal)/' },
    },
    {
      name: 'the-kernel-knows-no-measure',
      comment: 'casework, access, calendar, policy and letters know no measure.',
      severity: 'error',
      from: { path: '^packages/(casework|calendar|policy|letters|access)/', pathNot: test },
      to: { path: '^packages/measures/' },
    },
    {
      name: 'accept-knows-no-answers',
      comment: 'accept takes requests; how they come in and what is answered is for api, lambda and server.',
      severity: 'error',
      from: { path: '^packages/accept/', pathNot: test },
      to: { path: '^packages/(api|lambda|server|local|office|mail|measures)/' },
    },
    {
      name: 'api-knows-no-machine',
      comment: 'api imports accept, store and pure packages; AWS is for lambda, one machine for server.',
      severity: 'error',
      from: { path: '^packages/api/' },
      to: { path: '^packages/(lambda|server|local|office|mail)/' },
    },
    {
      name: 'operate-knows-no-machine',
      comment:
        'What an operator does with the files is the same for the cloud and one machine: it imports accept, store and pure packages.',
      severity: 'error',
      from: { path: '^packages/operate/', pathNot: test },
      to: { path: '^packages/(api|lambda|server|local|mail|measures)/' },
    },
    {
      name: 'lambda-knows-no-other-machine',
      comment: 'What touches AWS does not import what runs on one machine.',
      severity: 'error',
      from: { path: '^packages/lambda/' },
      to: { path: '^packages/(server|local|office)/' },
    },
    {
      name: 'server-knows-no-demonstration',
      comment:
        'packages/server is one machine; packages/local is the demonstration on top of it, packages/office the server of an office, and the two know nothing of each other.',
      severity: 'error',
      from: { path: '^packages/server/' },
      to: { path: '^packages/(local|office)/' },
    },
    {
      name: 'office-knows-no-demonstration',
      comment: 'What an office runs for real has nothing of the demonstration in it.',
      severity: 'error',
      from: { path: '^packages/office/', pathNot: test },
      to: { path: '^packages/local/' },
    },
    {
      name: 'demonstration-knows-no-office',
      comment: 'What both need is for server.',
      severity: 'error',
      from: { path: '^packages/local/' },
      to: { path: '^packages/office/' },
    },
    {
      name: 'only-the-edge-knows-aws',
      comment: 'Only store, mail, lambda, server and local import the AWS SDK or middy.',
      severity: 'error',
      from: { path: '^(packages|functions)/', pathNot: '^packages/(store|mail|lambda|server|local)/' },
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
