import type { BusEvent } from '@dandang/accept/bus-events.ts';
import type { Subscription } from '@dandang/casework/footprint.ts';
import { measures } from '@dandang/measures/registry.ts';
import * as z from 'zod/mini';
import { city, type Synthesized, synthesize } from './synthesized.ts';

const alternative = z.strictObject({
  type: z.array(z.string()),
  file: z.optional(z.array(z.strictObject({ prefix: z.string() }))),
  events: z.optional(z.array(z.string())),
});
const pattern = z.strictObject({
  source: z.tuple([z.literal('dandang')]),
  'detail-type': z.array(z.string()),
  detail: z.union([alternative, z.strictObject({ $or: z.array(alternative) })]),
});

let made: Synthesized;
beforeAll(async () => {
  made = await synthesize(city);
});

/** As EventBridge reads a pattern: every field must be met, by one of its values; of `$or`, one alternative. */
function passes(rule: z.infer<typeof pattern>, event: BusEvent): boolean {
  const alternatives = '$or' in rule.detail ? rule.detail.$or : [rule.detail];
  const said = event.type === 'CommitAccepted' ? event.events : [];
  return (
    rule['detail-type'].includes(event.type) &&
    alternatives.some(
      ({ type, file, events }) =>
        type.includes(event.type) &&
        (file === undefined || file.some(({ prefix }) => event.file.startsWith(prefix))) &&
        (events === undefined || events.some((one) => said.includes(one))),
    )
  );
}

const ruleOf = (name: string): z.infer<typeof pattern> => {
  const found = made
    .ofType('AWS::Events::Rule')
    .find(({ Properties }) => Properties['Name'] === `dandang-city-${name}-bus`);
  return pattern.parse(found?.Properties['EventPattern']);
};

const kinds = [
  ...measures.map(({ kind }) => kind),
  'ladder',
  'standing',
  'delivery',
  'calendar',
  'directory-import',
  'unit',
];
const said = [
  ...new Set(measures.flatMap(({ footprint }) => footprint.hears.flatMap((one) => one.said ?? []))),
  'Other',
];

/** Whatever can be announced of a file of each kind. */
const announcements: readonly BusEvent[] = kinds.flatMap((kind) => [
  { type: 'DeadlineReached', file: `${kind}/x`, deadline: 'reply', day: '2026-09-30' },
  { type: 'CalendarChanged', file: `${kind}/x`, edition: '2026#1' },
  ...said.map((one) => ({ type: 'CommitAccepted' as const, file: `${kind}/x`, version: 1, events: [one] })),
]);

type Heard = Omit<Subscription, 'of'> & { readonly of?: string };
const hears = ({ types, of, said: only }: Heard, event: BusEvent): boolean =>
  types.includes(event.type) &&
  (of === undefined || event.file.startsWith(`${of}/`)) &&
  (only === undefined || (event.type === 'CommitAccepted' && event.events.some((one) => only.includes(one))));

test('a measure hears what it declares, and nothing else', () => {
  for (const { collection, footprint } of measures.filter((one) => one.footprint.hears.length > 0)) {
    const rule = ruleOf(collection);
    const heard = announcements.filter((event) => passes(rule, event));
    expect(heard.length).toBeGreaterThan(0);
    expect([collection, heard]).toEqual([
      collection,
      announcements.filter((event) => footprint.hears.some((one) => hears(one, event))),
    ]);
  }
});

const commitsOf = (of: string): Heard => ({ types: ['CommitAccepted'], of });
const declared: readonly (readonly [string, readonly Heard[]])[] = [
  ['dispatch', [{ types: ['CommitAccepted'] }]],
  ['attachments', [...measures.map(({ kind }) => kind), 'delivery'].map(commitsOf)],
  ['settings', [commitsOf('calendar')]],
  ['directory', [commitsOf('directory-import')]],
];

test.each(declared)('%s hears the commits that concern it', (name, heard) => {
  const rule = ruleOf(name);
  expect(announcements.filter((event) => passes(rule, event))).toEqual(
    announcements.filter((event) => heard.some((one) => hears(one, event))),
  );
});

test('a kind whose name begins as another does not hear of it', () => {
  for (const { collection, footprint } of measures.filter((one) => one.footprint.hears.length > 0))
    for (const { of } of footprint.hears)
      expect(passes(ruleOf(collection), { type: 'DeadlineReached', file: `${of}s/x`, deadline: 'd', day: 'd' })).toBe(
        false,
      );
});
