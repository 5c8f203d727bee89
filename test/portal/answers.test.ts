import { readFileSync } from 'node:fs';
import * as answers from '../../packages/portal/src/api/answers.ts';
import * as z from 'zod/mini';

/* What the portal reads of an answer is in the OpenAPI document, so that neither drifts from the other unseen. */

type Schema = Readonly<Record<string, unknown>>;
const record = z.record(z.string(), z.unknown());
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((here, part) => record.safeParse(here).data?.[part], value);

const document: unknown = JSON.parse(readFileSync(new URL('../../docs/api/openapi.json', import.meta.url), 'utf8'));

function resolved(schema: unknown): Schema {
  const known = record.parse(schema);
  const ref = known['$ref'];
  if (typeof ref === 'string') return resolved(at(document, ...ref.slice(2).split('/')));
  const parts = z.array(z.unknown()).safeParse(known['allOf']);
  if (!parts.success) return known;
  const all = parts.data.map(resolved);
  return { ...known, properties: Object.assign({}, ...all.map(({ properties }) => properties ?? {})) };
}

/** The ways in which a value may be written, without that it may be null. */
const waysOf = (schema: Schema): Schema[] => {
  const any = z.array(z.unknown()).safeParse(schema['anyOf'] ?? schema['oneOf']);
  return any.success ? any.data.map(resolved).flatMap(waysOf) : [schema];
};

/** What the portal reads and the document does not say. */
function* unsaid(read: Schema, said: Schema, path: string): Generator<string> {
  for (const way of waysOf(read)) {
    const properties = record.safeParse(way['properties']).data ?? {};
    for (const [name, inner] of Object.entries(properties)) {
      const found = waysOf(said)
        .map((one) => at(one, 'properties', name))
        .find((one) => one !== undefined);
      if (found === undefined) yield `${path}.${name}`;
      else yield* unsaid(resolved(inner), resolved(found), `${path}.${name}`);
    }
    if (way['items'] === undefined) continue;
    const items = waysOf(said)
      .map((one) => one['items'])
      .find((one) => one !== undefined);
    if (items === undefined) yield `${path}[]`;
    else yield* unsaid(resolved(way['items']), resolved(items), `${path}[]`);
  }
}

const answerOf = (path: string, method = 'get'): unknown =>
  at(document, 'paths', path, method, 'responses', '200', 'content', 'application/json', 'schema');

/** What the portal reads although the service does not say it yet; each goes from here when it does. */
const awaited =
  /^((todo|deadlines|deliveries)\.total|matter\.(headline|deadlines\[\]\.workingDaysLeft|warnings\[\]\.title)|(list|deadlines)\.items\[\]\.(deadlines\[\]\.)?(workingDaysLeft|explained))\b/;

test.each([
  ['todo', answers.listOf(answers.todo), '/api/todo'],
  ['matter', answers.matter, '/api/reminders/{id}'],
  ['history', answers.history, '/api/reminders/{id}/history'],
  ['list', answers.listOf(answers.listedMatter), '/api/reminders'],
  ['deadlines', answers.listOf(answers.openDeadline), '/api/deadlines'],
  ['deliveries', answers.listOf(answers.listedDelivery), '/api/deliveries'],
] as const)('what the portal reads of %s is documented', (name, form, path) => {
  const said = answerOf(path);
  expect(said).toBeDefined();
  const read = record.parse(z.toJSONSchema(form, { io: 'output', unrepresentable: 'any' }));
  expect([...unsaid(read, resolved(said), name)].filter((one) => !awaited.test(one))).toEqual([]);
});
