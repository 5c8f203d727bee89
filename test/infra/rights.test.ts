import {
  chineseCity,
  city,
  type Right,
  rightsByFunction,
  rightsByRole,
  type Synthesized,
  synthesize,
} from './synthesized.ts';

/** What every request reads: who somebody is and stands in for, the rules, the calendar, what is attached, numbers. */
const shared = ['unit/*', 'official/*', 'stand-in/*', 'settings/*', 'calendar/*', 'attachment/*', 'register/*'];

/** The kinds of files that the functions of each measure may read. */
const readFiles: Readonly<Record<string, readonly string[]>> = {
  reminders: ['reminder/*', 'delivery/*', 'interview/*', 'chaser/*', ...shared],
  interviews: ['interview/*', 'reminder/*', 'delivery/*', 'ladder/*', 'chaser/*', ...shared],
  'risk-filings': ['risk-filing/*', 'chaser/*', ...shared],
  tolerance: [
    'tolerance/*',
    'interview/*',
    'reminder/*',
    'risk-filing/*',
    'delivery/*',
    'standing/*',
    'ladder/*',
    'chaser/*',
    ...shared,
  ],
  clarifications: ['clarification/*', ...shared],
  rewards: ['reward/*', 'standing/*', 'reward-project/*', ...shared],
};

const [people, rules] = [
  ['unit/*', 'official/*', 'stand-in/*'],
  ['settings/*', 'calendar/*'],
];
const matters = ['reminder/*', 'interview/*', 'tolerance/*', 'reward/*', 'risk-filing/*', 'clarification/*'];

/** Nor do these read every kind: their work is limited. */
const limitedReads: Readonly<Record<string, readonly string[]>> = {
  'settings-bus': ['settings/*', 'calendar/*'],
  'directory-bus': ['directory-import/*', 'unit/*', 'official/*'],
  'deadlines-lights': ['schedule/*'],
  'deadlines-mails': [
    'schedule/*',
    'chaser/*',
    'reminder/*',
    'interview/*',
    'risk-filing/*',
    'tolerance/*',
    'clarification/*',
    'reward/*',
    'delivery/*',
    'unit/*',
    'official/*',
    'settings/*',
    'calendar/*',
  ],
  'worklist-http': [...people, ...rules],
  'settings-http': [...people, ...rules],
  'directory-http': ['directory-import/*', ...people, ...rules],
  'deliveries-http': ['delivery/*', 'attachment/*', ...people, ...rules],
  // And what the commands ask for whose letters it drafts.
  'documents-http': [...matters, 'delivery/*', 'standing/*', 'reward-project/*', 'chaser/*', ...people, ...rules],
  'records-http': [...matters, 'ladder/*', 'reward-project/*', 'standing/*', ...people, ...rules],
  'attachments-http': [...matters, 'delivery/*', 'attachment/*', ...people, ...rules],
  'attachments-bus': [...matters, 'delivery/*', 'attachment/*'],
  'dispatch-bus': [...matters, 'delivery/*', 'chaser/*', ...people, ...rules],
  'dispatch-queue': [...matters, 'delivery/*', 'chaser/*', ...people, ...rules],
};

/** Whose work is every file: the stream's consumers and what compares all with all. */
const readsEverything = ['publish-retry', 'publish-stream', 'reconcile-nightly', 'views-retry', 'views-stream'];

/** Where AWS itself demands a star for the resource, and why. */
const starDemanded: Readonly<Record<string, string>> = {
  'dynamodb:ListStreams': 'the action knows no resource, and the poller of a stream asks for it',
};
/** The same where X-Ray traces the functions. */
const starDemandedByTraces: Readonly<Record<string, string>> = {
  'xray:PutTraceSegments': 'a segment belongs to no resource',
  'xray:PutTelemetryRecords': 'neither does what the daemon says of itself',
};

/** The kinds of files that each function may append to. Nobody else appends anything. */
const ownFiles: Readonly<Record<string, readonly string[]>> = {
  'reminders-http': ['reminder/*', 'register/*', 'attachment/*'],
  'reminders-bus': ['reminder/*'],
  'interviews-http': ['interview/*', 'ladder/*', 'reminder/*', 'register/*', 'attachment/*'],
  'interviews-bus': ['interview/*', 'ladder/*'],
  'tolerance-http': ['tolerance/*', 'standing/*', 'ladder/*', 'register/*', 'attachment/*'],
  'tolerance-bus': ['tolerance/*', 'standing/*', 'ladder/*'],
  'rewards-http': ['reward/*', 'register/*', 'attachment/*'],
  'rewards-bus': ['reward/*'],
  'risk-filings-http': ['risk-filing/*', 'register/*', 'attachment/*'],
  'risk-filings-bus': ['risk-filing/*'],
  'clarifications-http': ['clarification/*', 'register/*'],
  'attachments-http': ['attachment/*'],
  'attachments-bus': ['attachment/*'],
  'deliveries-http': ['delivery/*', 'attachment/*'],
  'dispatch-bus': ['delivery/*', 'chaser/*'],
  'dispatch-queue': ['delivery/*'],
  'deadlines-lights': ['schedule/*'],
  'deadlines-mails': ['schedule/*', 'chaser/*'],
  'reconcile-nightly': ['schedule/*'],
  'directory-http': ['unit/*', 'official/*', 'directory-import/*', 'stand-in/*'],
  'directory-bus': ['unit/*', 'official/*'],
  'settings-http': ['settings/*', 'calendar/*'],
  'records-http': ['reward-project/*'],
};

const sorted = (kinds: unknown): string[] => [kinds].flat().map(String).sort();

describe.each([
  ['aws', city],
  ['aws-cn', chineseCity],
])('rights in %s', (_, stage) => {
  let made: Synthesized;
  let roles: Map<string, Right[]>;
  let functions: Map<string, Right[]>;
  beforeAll(async () => {
    made = await synthesize(stage);
    roles = rightsByRole(made);
    functions = rightsByFunction(made);
  });

  const isOn = (right: Right, table: 'commits' | 'views'): boolean =>
    right.on.some((one) => one.includes(`table/dandang-city-${table}`));
  const who = (has: (right: Right) => boolean): string[] =>
    [...functions].filter(([, rights]) => rights.some(has)).map(([name]) => name);

  test('no role has an action with a star', () => {
    const starred = [...roles].flatMap(([role, rights]) =>
      rights.flatMap(({ actions }) => actions.filter((one) => one.includes('*')).map((one) => `${role}: ${one}`)),
    );
    expect(roles.size).toBeGreaterThan(15);
    expect(starred).toEqual([]);
  });

  test('no role has a star for a resource, except where AWS demands it', () => {
    const starred = [...roles.values()].flat().filter(({ on }) => on.includes('*'));
    const demanded = { ...starDemanded, ...(stage.region.startsWith('cn-') ? {} : starDemandedByTraces) };
    expect(new Set(starred.flatMap(({ actions }) => actions))).toEqual(new Set(Object.keys(demanded)));
  });

  test('no managed policy of AWS is used', () => {
    expect(made.ofType('AWS::IAM::Role').filter(({ Properties }) => 'ManagedPolicyArns' in Properties)).toEqual([]);
  });

  test('every Lambda function has a role of its own, which is called as it is', () => {
    const named = made.ofType('AWS::Lambda::Function').map(({ Properties }) => String(Properties['FunctionName']));
    expect([...roles.keys()].filter((role) => !/-(auditor|operator|break-glass|trail)$/.test(role)).sort()).toEqual(
      named.sort(),
    );
    expect([...functions].filter(([, rights]) => rights.length === 0)).toEqual([]);
    const used = made
      .ofType('AWS::Lambda::Function')
      .map(({ stack, Properties }) => stack + JSON.stringify(Properties['Role']));
    expect(new Set(used).size).toBe(used.length);
  });

  test('nobody can update or delete an item of any table, or write past the conditions', () => {
    const rewriting = /^dynamodb:(Update|Delete|BatchWrite|PartiQL|Transact|Create|Restore|Import)/;
    const can = [...roles].filter(([, rights]) =>
      rights.some(({ actions }) => actions.some((one) => rewriting.test(one))),
    );
    expect(can.map(([role]) => role)).toEqual([]);
  });

  test('each function puts commits only into files of its own kinds', () => {
    const puts = new Map(
      [...functions].flatMap(([name, rights]) => {
        const own = rights.filter((right) => right.actions.includes('dynamodb:PutItem') && isOn(right, 'commits'));
        return own.map((right) => [name, right.condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']]);
      }),
    );
    expect(Object.fromEntries(puts)).toEqual(ownFiles);
  });

  test('the functions of a measure read only its own files, those that it declares and those that all share', () => {
    const reads = Object.fromEntries(
      [...functions].flatMap(([name, rights]) => {
        const measure = name.replace(/-(http|bus)$/, '');
        if (!(measure in readFiles)) return [];
        const all = rights.filter(
          (right) => right.actions.some((one) => /Get|Query/.test(one)) && isOn(right, 'commits'),
        );
        return all.map((right) => [name, right.condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']]);
      }),
    );
    const expected = [...functions.keys()].flatMap((name) => {
      const kinds = readFiles[name.replace(/-(http|bus)$/, '')];
      return kinds === undefined ? [] : [[name, kinds]];
    });
    expect(expected).toHaveLength(11);
    expect(reads).toEqual(Object.fromEntries(expected));
  });

  test('whatever else has limited work reads only what it needs for it', () => {
    for (const [name, kinds] of Object.entries(limitedReads)) {
      const reads = (functions.get(name) ?? []).filter(
        (right) => right.actions.some((one) => /Get|Query/.test(one)) && isOn(right, 'commits'),
      );
      const keys = reads.map((right) => right.condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']);
      expect([name, keys.map(sorted)]).toEqual([name, [sorted(kinds)]]);
    }
  });

  test('nobody else reads every kind of file', () => {
    const everything = who(
      (right) =>
        right.actions.some((one) => /Get|Query/.test(one)) &&
        isOn(right, 'commits') &&
        right.condition['ForAllValues:StringLike'] === undefined,
    );
    expect(everything.sort()).toEqual(readsEverything);
  });

  test('no function of a measure finds the commits of a day', () => {
    const days = who(({ on }) => on.some((one) => one.includes('commits/index/')));
    expect(days).toEqual(['reconcile-nightly']);
  });

  test('no condition on leading keys can hold for want of a key', () => {
    const limited = [...functions.values()].flat().filter(({ condition }) => 'ForAllValues:StringLike' in condition);
    expect(limited.length).toBeGreaterThan(30);
    expect(limited.map(({ condition }) => condition['Null'])).toEqual(
      limited.map(() => ({ 'dynamodb:LeadingKeys': 'false' })),
    );
  });

  test('whatever answers requests may read the views: they say for whom somebody stands in', () => {
    const reads = who((right) => right.actions.includes('dynamodb:Query') && isOn(right, 'views'));
    const answering = [...functions.keys()].filter((name) => name.endsWith('-http'));
    // The portal is files: whoever reads them stands in for nobody.
    expect(answering.filter((name) => !reads.includes(name))).toEqual(['portal-http']);
  });

  test('the portal touches nothing but its own log', () => {
    const sids = functions.get('portal-http')?.map(({ sid }) => sid) ?? [];
    expect(sids.filter((sid) => sid !== 'Trace')).toEqual(['WriteOwnLog']);
  });

  test('whoever reads the views may do so in every way that their store does; who writes them finds the rows of a file', () => {
    const may = new Map<string, Set<string>>();
    for (const [name, rights] of functions)
      for (const right of rights)
        if (isOn(right, 'views')) may.set(name, new Set([...(may.get(name) ?? []), ...right.actions]));
    const writing = new Set(['dynamodb:PutItem', 'dynamodb:Query']);
    const reading = new Set(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query']);
    expect(may.size).toBeGreaterThan(20);
    for (const [name, actions] of may)
      expect([name, actions]).toEqual([name, /^views-/.test(name) ? writing : reading]);
  });

  test('only views writes the views table', () => {
    expect(who((right) => right.actions.includes('dynamodb:PutItem') && isOn(right, 'views'))).toEqual([
      'views-stream',
      'views-retry',
    ]);
  });

  test('only the sending half of dispatch reads the secret of the mail server', () => {
    expect(who(({ actions }) => actions.some((one) => one.startsWith('secretsmanager:')))).toEqual(['dispatch-queue']);
  });

  test('only publish stores copies, only attachments stores attachments, and nobody can delete one or shorten its retention', () => {
    const puts = (bucket: string) =>
      who(({ actions, on }) => actions.includes('s3:PutObject') && on.some((one) => one.includes(bucket)));
    expect(puts('-copies-')).toEqual(['publish-stream', 'publish-retry']);
    expect(puts('-attachments-')).toEqual(['attachments-http']);
    expect(puts('')).toEqual([...puts('-attachments-'), ...puts('-copies-')]);
    const s3 = new Set([...roles.values()].flatMap((rights) => rights.flatMap(({ actions }) => actions)));
    expect([...s3].filter((one) => one.startsWith('s3:')).sort()).toEqual([
      's3:GetObject',
      's3:GetObjectVersion',
      's3:ListBucket',
      's3:ListBucketVersions',
      's3:PutObject',
    ]);
  });

  test('whoever compares or restores lists and reads every version of a copy', () => {
    for (const role of ['auditor', 'operator', 'break-glass']) {
      const own = roles.get(`dandang-city-${role}`) ?? [];
      const on = (action: string) => own.filter(({ actions }) => actions.includes(action)).flatMap((right) => right.on);
      expect(on('s3:ListBucketVersions').join()).toContain('dandang-city-copies-');
      expect(on('s3:GetObjectVersion').join()).toContain('dandang-city-copies-');
    }
  });

  test('the break-glass role can put commits back and fill the table that the stage names, and nothing else', async () => {
    const restored = await synthesize({ ...stage, commitsTable: 'dandang-city-commits-2' });
    const rights = rightsByRole(restored).get('dandang-city-break-glass') ?? [];
    const put = rights.filter(({ actions }) => actions.includes('dynamodb:PutItem'));
    expect(put).toHaveLength(1);
    expect(put[0]?.actions).toEqual([
      'dynamodb:DescribeTable',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
    ]);
    for (const one of put[0]?.on ?? []) expect(one).toMatch(/table\/dandang-city-commits-2(\/index\/by-day)?["\]]/);
    expect(rights.flatMap(({ actions }) => actions).filter((one) => /^kms:/.test(one))).toEqual([
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
    ]);
    expect(rights.flatMap(({ actions }) => actions).filter((one) => /^s3:(Put|Delete)/.test(one))).toEqual([]);
  });

  test('people can read commits and copies, and write neither', () => {
    const people = [...roles].filter(([role]) => /-(auditor|operator)$/.test(role));
    expect(people).toHaveLength(2);
    const writing = people
      .flatMap(([, rights]) => rights.flatMap(({ actions }) => actions))
      .filter((one) => /Put(Item|Object)/.test(one));
    expect(writing).toEqual([]);
  });

  test('the key is used only through the services that hold the data', () => {
    const uses = [...functions.values()].flat().filter(({ actions }) => actions.some((one) => one.startsWith('kms:')));
    expect(uses.length).toBeGreaterThan(0);
    for (const { condition } of uses) expect(condition['StringEquals']).toHaveProperty(['kms:ViaService']);
  });
});
