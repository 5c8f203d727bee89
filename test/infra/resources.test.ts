import * as z from 'zod/mini';
import { readdirSync, readFileSync } from 'node:fs';
import { schedules } from '@dandang/accept/schedules.ts';
import { measures } from '@dandang/measures/registry.ts';
import { tables as tableShapes } from '@dandang/store/tables.ts';
import { coreFunctions } from '../../infra/core-stack.ts';
import { city, rightsByFunction, type Synthesized, synthesize } from './synthesized.ts';

let made: Synthesized;
beforeAll(async () => {
  made = await synthesize(city);
});

const root = new URL('../../', import.meta.url);
const deployedFolders = [...Object.keys(coreFunctions), ...measures.map(({ collection }) => collection)];
const hearingMeasures = measures.filter(({ footprint }) => footprint.hears.length > 0).map((one) => one.collection);
const tried = z.object({ VisibilityTimeout: z.number(), RedrivePolicy: z.object({ maxReceiveCount: z.number() }) });

describe('the tables', () => {
  const tables = () => made.ofType('AWS::DynamoDB::Table');

  test('are two, billed on demand, recoverable, protected, kept, and encrypted with our key', () => {
    expect(tables().map(({ Properties }) => Properties['TableName'])).toEqual([
      'dandang-city-commits',
      'dandang-city-views',
    ]);
    for (const { Properties, DeletionPolicy } of tables()) {
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      });
      expect(DeletionPolicy).toBe('Retain');
    }
  });

  test('commits has a stream of both images and a keys-only index by day', () => {
    expect(tables()[0]?.Properties).toMatchObject({
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      GlobalSecondaryIndexes: [{ IndexName: 'by-day', Projection: { ProjectionType: 'KEYS_ONLY' } }],
    });
  });

  test('views has an index that holds, beside keys, what a list shows by itself', () => {
    const { name, include } = tableShapes.views.index;
    expect(tables()[1]?.Properties).toMatchObject({
      GlobalSecondaryIndexes: [
        { IndexName: name, Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...include] } },
      ],
    });
    expect(tables()[1]?.Properties).not.toHaveProperty('StreamSpecification');
  });

  /** The statements of the policy of commits, by name. */
  const policyOfCommits = () => {
    const { Statement } = z
      .object({ PolicyDocument: z.object({ Statement: z.array(z.record(z.string(), z.unknown())) }) })
      .parse(tables()[0]?.Properties['ResourcePolicy']).PolicyDocument;
    return new Map(Statement.map((one) => [one['Sid'], one]));
  };

  test('the policy of commits denies every update and delete to everybody but the break-glass role', () => {
    expect([...policyOfCommits().keys()]).toEqual(['NobodyRewritesACommit', 'NobodyElsePutsACommit']);
    const rewriting = policyOfCommits().get('NobodyRewritesACommit');
    expect(rewriting).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: [
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:PartiQLUpdate',
        'dynamodb:PartiQLDelete',
      ],
    });
    expect(JSON.stringify(rewriting?.['Condition'])).toMatch(
      /^\{"ArnNotEquals":\{"aws:PrincipalArn":\[?\{"Fn::GetAtt":\["BreakGlass\w*","Arn"\]\}\]?\}\}$/,
    );
  });

  test('it denies every put to everybody but those functions that append, each by name, and the break-glass role', () => {
    const putting = policyOfCommits().get('NobodyElsePutsACommit');
    expect(putting).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['dynamodb:PutItem', 'dynamodb:PartiQLInsert'],
    });
    const condition = JSON.stringify(putting?.['Condition']);
    expect(condition).toMatch(/^\{"ArnNotEquals":\{"aws:PrincipalArn":\[\{"Fn::GetAtt":\["BreakGlass/);
    const named = [...condition.matchAll(/:role\/dandang-city-([a-z-]+)"/g)].map(([, name = '']) => name);
    const appending = [...rightsByFunction(made)].filter(([, rights]) =>
      rights.some(
        ({ actions, on }) =>
          actions.includes('dynamodb:PutItem') && on.some((one) => one.includes('table/dandang-city-commits')),
      ),
    );
    expect(named.sort()).toEqual(appending.map(([name]) => name).sort());
    expect(condition).not.toContain('*');
  });
});

describe('the buckets', () => {
  test('are all closed to the public, refuse plain HTTP, and are encrypted', () => {
    const buckets = made.ofType('AWS::S3::Bucket');
    expect(buckets).toHaveLength(3);
    for (const { Properties } of buckets) {
      expect(Properties['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(Properties).toHaveProperty('BucketEncryption');
    }
    const policies = made.ofType('AWS::S3::BucketPolicy').map(({ Properties }) => JSON.stringify(Properties));
    expect(policies.filter((one) => one.includes('aws:SecureTransport'))).toHaveLength(3);
  });

  test('copies of commits lie under Object Lock in compliance mode for as long as the stage says', () => {
    const locked = made.ofType('AWS::S3::Bucket').filter(({ Properties }) => 'ObjectLockConfiguration' in Properties);
    expect(locked).toHaveLength(1);
    expect(locked[0]?.Properties).toMatchObject({
      ObjectLockEnabled: true,
      VersioningConfiguration: { Status: 'Enabled' },
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3650 } } },
    });
  });
});

describe('the queues', () => {
  test('every queue is encrypted and refuses plain HTTP', () => {
    const queues = made.ofType('AWS::SQS::Queue');
    for (const { Properties } of queues) expect(Properties['SqsManagedSseEnabled']).toBe(true);
    const policies = made.ofType('AWS::SQS::QueuePolicy').map(({ Properties }) => JSON.stringify(Properties));
    expect(policies.filter((one) => one.includes('aws:SecureTransport'))).toHaveLength(queues.length);
  });

  const working = () =>
    made
      .ofType('AWS::SQS::Queue')
      .filter(({ Properties }) => !String(Properties['QueueName']).endsWith('-dead-letters'))
      .map(({ Properties }) => ({
        ...Properties,
        name: String(Properties['QueueName']).slice('dandang-city-'.length),
      }));
  const stageQueues = ['send', 'views-retry', 'publish-retry'];

  test('every queue is a dead-letter queue or has one, after five tries, or after a day where it holds events', () => {
    const hearing = ['attachments', 'directory', 'settings', 'dispatch', ...hearingMeasures];
    expect(
      working()
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...stageQueues, ...hearing].sort());
    for (const { name, ...queue } of working()) {
      const { VisibilityTimeout, RedrivePolicy } = tried.parse(queue);
      if (stageQueues.includes(name)) expect(RedrivePolicy.maxReceiveCount).toBe(5);
      else {
        const hours = (RedrivePolicy.maxReceiveCount * VisibilityTimeout) / 3600;
        expect(hours).toBeGreaterThanOrEqual(24);
        expect(hours).toBeLessThan(25);
      }
      expect(RedrivePolicy.maxReceiveCount).toBeLessThanOrEqual(1000);
    }
  });

  test('a message stays invisible for six times as long as its function may run', () => {
    for (const { name, ...queue } of working()) {
      if (stageQueues.includes(name)) continue;
      const own = made
        .ofType('AWS::Lambda::Function')
        .find(({ Properties }) => Properties['FunctionName'] === `dandang-city-${name}-bus`);
      expect(tried.parse(queue).VisibilityTimeout).toBe(Number(own?.Properties['Timeout']) * 6);
    }
    for (const { name, ...queue } of working())
      if (stageQueues.includes(name)) expect(tried.parse(queue).VisibilityTimeout).toBe(360);
    for (const { Properties } of made
      .ofType('AWS::Lambda::Function')
      .filter(({ id }) => /retry|dispatchqueue/.test(id)))
      expect(Number(Properties['Timeout']) * 6).toBeLessThanOrEqual(360);
  });
});

describe('the consumers', () => {
  const mappings = (streaming: boolean) =>
    made
      .ofType('AWS::Lambda::EventSourceMapping')
      .filter(({ Properties }) => 'StartingPosition' in Properties === streaming);

  test('two read the stream, never a third: from the oldest record, halving a bad batch, five tries, then dead letters', () => {
    expect(mappings(true)).toHaveLength(2);
    for (const { Properties } of mappings(true)) {
      expect(Properties).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 5,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(JSON.stringify(Properties['DestinationConfig'])).toMatch(/OnFailure.*deadletters/);
    }
  });

  test('each queue has one consumer, which reports each failed message by itself', () => {
    const queues = made
      .ofType('AWS::SQS::Queue')
      .filter(({ Properties }) => !String(Properties['QueueName']).endsWith('-dead-letters'));
    const consumed = mappings(false).map(({ stack, Properties }) => {
      const id = z
        .object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) })
        .parse(Properties['EventSourceArn']);
      return `${stack} ${id['Fn::GetAtt'][0]}`;
    });
    expect(consumed.sort()).toEqual(queues.map(({ stack, id }) => `${stack} ${id}`).sort());
    for (const { Properties } of mappings(false))
      expect(Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
  });

  test('what has piled up in a queue of events does not take the room of requests', () => {
    const ofBus = mappings(false).filter(({ Properties }) =>
      /busfunction/.test(JSON.stringify(Properties['FunctionName'])),
    );
    expect(ofBus.length).toBeGreaterThan(5);
    for (const { Properties } of ofBus) expect(Properties['ScalingConfig']).toEqual({ MaximumConcurrency: 10 });
    // An account runs 1000 at once unless it asked for more.
    const scaling = z.object({ MaximumConcurrency: z.number() });
    const all = mappings(false).map(({ Properties }) => scaling.parse(Properties['ScalingConfig']).MaximumConcurrency);
    expect(all.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(200);
  });

  test('every rule has dead letters, and so has every function that is called without anybody waiting', () => {
    const target = z.object({ Arn: z.unknown(), DeadLetterConfig: z.object({ Arn: z.unknown() }) });
    for (const { Properties } of made.ofType('AWS::Events::Rule')) z.array(target).parse(Properties['Targets']);
    const called = made
      .ofType('AWS::Lambda::Function')
      .filter(({ Properties }) => /-(lights|mails|nightly)$/.test(String(Properties['FunctionName'])));
    expect(called.length).toBe(3);
    expect(called.filter(({ Properties }) => !('DeadLetterConfig' in Properties))).toEqual([]);
  });

  test('no function hears the bus itself: what it hears waits in its queue, by one rule', () => {
    const rules = made.ofType('AWS::Events::Rule').filter(({ Properties }) => 'EventPattern' in Properties);
    const buses = made
      .ofType('AWS::Lambda::Function')
      .filter(({ Properties }) => /-bus$/.test(String(Properties['FunctionName'])));
    expect(rules.map(({ Properties }) => Properties['Name']).sort()).toEqual(
      buses.map(({ Properties }) => Properties['FunctionName']).sort(),
    );
    for (const { Properties } of rules)
      for (const one of z.array(z.object({ Arn: z.unknown() })).parse(Properties['Targets']))
        expect(JSON.stringify(one.Arn)).toMatch(/Queue/);
  });

  test('a rule may put into its queue and into the dead letters, and nothing else may', () => {
    const policies = made.ofType('AWS::SQS::QueuePolicy').map(({ Properties }) => JSON.stringify(Properties));
    const open = policies.filter((one) => one.includes('events.amazonaws.com'));
    for (const one of open) expect(one).toMatch(/"ArnEquals":\{"aws:SourceArn":\{"Fn::GetAtt":\["[a-z]+rule/);
    expect(policies.filter((one) => one.includes('Allow')).length).toBe(open.length);
  });

  test('the schedules run at the times in China that are declared once', () => {
    const crons = made
      .ofType('AWS::Events::Rule')
      .flatMap(({ Properties }) =>
        typeof Properties['ScheduleExpression'] === 'string' ? [Properties['ScheduleExpression']] : [],
      );
    const inChina = crons.map((cron) => {
      const [, minute = '', hour = ''] = /^cron\((\d+) (\d+) \* \* \? \*\)$/.exec(cron) ?? [];
      return `${String((Number(hour) + 8) % 24).padStart(2, '0')}:${minute.padStart(2, '0')}`;
    });
    expect(inChina.sort()).toEqual(schedules.map(({ at }) => at).sort());
  });
});

describe('the log of the gateway', () => {
  test('names the request, its source and the caller’s id, and nothing else of a person', () => {
    const [stage] = made.ofType('AWS::ApiGatewayV2::Stage');
    const { Format } = z.object({ Format: z.string() }).parse(stage?.Properties['AccessLogSettings']);
    expect(JSON.parse(Format)).toEqual({
      requestId: '$context.requestId',
      at: '$context.requestTime',
      source: '$context.identity.sourceIp',
      by: '$context.authorizer.claims.sub',
      route: '$context.routeKey',
      status: '$context.status',
      ms: '$context.responseLatency',
      integrationError: '$context.integrationErrorMessage',
    });
  });
});

describe('the functions', () => {
  const exported = (name: string): string[] =>
    [...readFileSync(new URL(`functions/${name}/index.ts`, root), 'utf8').matchAll(/^export const (\w+)/gm)].map(
      ([, entry = '']) => `dandang-city-${name}-${entry}`,
    );

  test('every folder of functions is a measure or has a file of the same name in infra, and the other way round', () => {
    const folders = readdirSync(new URL('functions/', root)).filter((name) => !name.endsWith('.ts'));
    const files = readdirSync(new URL('infra/functions/', root)).map((file) => file.replace(/\.ts$/, ''));
    const ofMeasures = measures.map(({ collection }) => collection);
    expect([...files, ...ofMeasures].sort()).toEqual(folders.sort());
    expect(Object.keys(coreFunctions).sort()).toEqual(files.sort());
  });

  test('every export of an entry file is deployed, and nothing else', () => {
    const deployed = made.ofType('AWS::Lambda::Function').map(({ Properties }) => String(Properties['FunctionName']));
    expect(deployed.sort()).toEqual(deployedFolders.flatMap(exported).sort());
  });

  test('every environment name that an entry file needs is set', () => {
    const attaching = new Set(measures.filter((one) => one.footprint.attachments).map((one) => one.collection));
    for (const name of deployedFolders) {
      const source = readFileSync(new URL(`functions/${name}/index.ts`, root), 'utf8');
      const needed = [...source.matchAll(/need\('(\w+)'\)/g)].map(([, one = '']) => one);
      const set = made
        .ofType('AWS::Lambda::Function')
        .filter(({ Properties }) => String(Properties['FunctionName']).startsWith(`dandang-city-${name}-`))
        .map(({ Properties }) =>
          z.object({ Variables: z.record(z.string(), z.unknown()) }).parse(Properties['Environment']),
        );
      for (const { Variables } of set)
        expect(Object.keys(Variables)).toEqual(
          expect.arrayContaining([
            ...needed,
            'COMMITS_TABLE',
            'VIEWS_TABLE',
            ...(/(http|measure)Surroundings/.test(source) ? ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_JWKS_URL'] : []),
            ...(attaching.has(name) ? ['ATTACHMENTS_BUCKET'] : []),
          ]),
        );
    }
  });

  test('every log group forgets, but not before the six months that the law demands', () => {
    const groups = made.ofType('AWS::Logs::LogGroup');
    // One a function, that of the API and that of the trail.
    expect(groups.length).toBe(made.ofType('AWS::Lambda::Function').length + 2);
    for (const { Properties } of groups) expect(Number(Properties['RetentionInDays'])).toBeGreaterThanOrEqual(184);
  });

  test('every function writes into a log group that is declared', () => {
    for (const { Properties } of made.ofType('AWS::Lambda::Function'))
      expect(JSON.stringify(Properties['LoggingConfig'])).toMatch(/LogGroup.*Ref/);
  });
});
