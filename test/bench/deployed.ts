import * as z from 'zod/mini';
import { city, synthesize } from '../infra/synthesized.ts';
import type { Announced } from './measured-matter.ts';

/** What is deployed whether anybody works or not, counted from the templates. */
export interface Deployed {
  /** Queues that Lambda waits at. */
  readonly queues: number;
  readonly alarms: number;
  /** An alarm is paid for by the metrics that it looks at. */
  readonly alarmMetrics: number;
  /** Metrics of our own, which filters of logs count; they cost while something is counted. */
  readonly ownMetrics: number;
  readonly dashboards: number;
  /** Trails that tell of every write. */
  readonly trails: number;
  readonly keys: number;
  readonly secrets: number;
  readonly schedules: number;
  /** Anything of a network of our own: gateways, endpoints, addresses. */
  readonly networks: number;
  /** How long logs are kept, in days. */
  readonly logDays: number;
  /** In GB; what most functions have. */
  readonly memory: number;
  /** How many functions hear of a commit. */
  readonly hearersOf: (announced: Announced) => number;
}

const sums = z.object({ Metrics: z.optional(z.array(z.looseObject({}))) });
const ownMetric = z.object({ MetricTransformations: z.array(z.object({ MetricName: z.string() })) });

const clause = z.object({
  type: z.optional(z.array(z.string())),
  file: z.optional(z.array(z.object({ prefix: z.string() }))),
  events: z.optional(z.array(z.string())),
});
const hearing = z.object({
  EventPattern: z.object({ detail: z.union([z.object({ $or: z.array(clause) }), clause]) }),
});

const hears = ({ type, file, events }: z.infer<typeof clause>, announced: Announced): boolean =>
  (type === undefined || type.includes('CommitAccepted')) &&
  (file === undefined || file.some(({ prefix }) => announced.file.startsWith(prefix))) &&
  (events === undefined || announced.events.some((one) => events.includes(one)));

export async function deployed(): Promise<Deployed> {
  const { ofType, resources } = await synthesize(city);
  const alarms = ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => sums.parse(Properties).Metrics);
  const rules = ofType('AWS::Events::Rule').map(({ Properties }) => Properties);
  const patterns = rules
    .filter((rule) => 'EventPattern' in rule)
    .map((rule) => hearing.parse(rule).EventPattern.detail)
    .map((detail) => ('$or' in detail ? detail.$or : [detail]));
  const metrics = ofType('AWS::Logs::MetricFilter').flatMap(
    ({ Properties }) => ownMetric.parse(Properties).MetricTransformations,
  );
  const memories = ofType('AWS::Lambda::Function').map(({ Properties }) => Number(Properties['MemorySize']));
  return {
    queues: ofType('AWS::Lambda::EventSourceMapping').filter(({ Properties }) => !('StartingPosition' in Properties))
      .length,
    alarms: alarms.length,
    alarmMetrics: alarms.reduce((sum, used) => sum + (used?.filter((one) => 'MetricStat' in one).length ?? 1), 0),
    ownMetrics: new Set(metrics.map(({ MetricName }) => MetricName)).size,
    dashboards: ofType('AWS::CloudWatch::Dashboard').length,
    trails: ofType('AWS::CloudTrail::Trail').length,
    keys: ofType('AWS::KMS::Key').length,
    secrets: ofType('AWS::SecretsManager::Secret').length,
    schedules: rules.filter((rule) => 'ScheduleExpression' in rule).length,
    networks: resources.filter(({ Type }) => Type.startsWith('AWS::EC2::')).length,
    logDays: Math.max(...ofType('AWS::Logs::LogGroup').map(({ Properties }) => Number(Properties['RetentionInDays']))),
    memory: (memories.toSorted((a, b) => a - b)[memories.length >> 1] ?? Number.NaN) / 1024,
    hearersOf: (announced) => patterns.filter((clauses) => clauses.some((one) => hears(one, announced))).length,
  };
}
