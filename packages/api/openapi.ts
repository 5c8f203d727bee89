import { refusals } from '@dandang/casework/refusal.ts';
import type { Measure } from '@dandang/casework/measure.ts';
import * as z from 'zod/mini';
import { deliveryAnswer, historyForm, matterAnswerForm, problemAnswer } from './answers.ts';
import type { Route, RouteSheet } from './route.ts';

const schemaOf = (schema: z.ZodMiniType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    io,
    // Fields may be added to an answer.
    override: ({ jsonSchema }) => {
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return rest;
};

const content = (schema: Record<string, unknown>, type = 'application/json') => ({ [type]: { schema } });

/** What many operations answer with is described once. */
const named = { Problem: problemAnswer, Matter: matterAnswerForm, History: historyForm, Delivery: deliveryAnswer };
const answerOf = (answer: z.ZodMiniType): Record<string, unknown> => {
  const known = Object.entries(named).find(([, form]) => form === answer);
  return known === undefined ? schemaOf(answer, 'output') : { $ref: `#/components/schemas/${known[0]}` };
};

/** Which refusals can come with which status, so that a portal's author finds every code in one place. */
const refusalsWith = (status: number): string =>
  Object.entries(refusals)
    .filter(([, refusal]) => refusal.status === status)
    .map(([code, refusal]) => `\`${code}\` ${refusal.zh} (${refusal.en})`)
    .join('; ');

const refusalStatuses = [400, 401, 403, 404, 409, 412, 422].map(String);
const refusalResponses = Object.fromEntries(
  refusalStatuses.map((status) => [status, { $ref: `#/components/responses/${status}` }]),
);

const pathParameters = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

const queryParameters = (query: z.ZodMiniObject | undefined) =>
  Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }),
  }));

const commandHeaders = [
  {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
    description: 'The same key gives the first answer again and no second effect.',
  },
  {
    name: 'If-Match',
    in: 'header',
    required: false,
    schema: { type: 'string' },
    description: 'The ETag of the matter as it was shown; 412 where a person has changed it since.',
  },
];

function operation(method: string, path: string, open: boolean, sheet: RouteSheet) {
  const { summary, input, query, answer, status = 200 } = sheet;
  return {
    summary,
    ...(open ? { security: [] } : {}),
    parameters: [
      ...pathParameters(path),
      ...queryParameters(query),
      ...(method === 'POST' && !open ? commandHeaders : []),
    ],
    ...(input === undefined ? {} : { requestBody: { required: true, content: content(schemaOf(input, 'input')) } }),
    responses: {
      [String(status)]: {
        description: 'OK',
        ...(answer === undefined ? {} : { content: content(answerOf(answer)) }),
      },
      ...(open ? {} : refusalResponses),
    },
  };
}

/** A measure's commands one by one: each with its own body, who may do it and from which states. */
function commandOperations(measure: Measure) {
  return measure.commandSheets.map((sheet) => {
    const path = `/api/${measure.collection}/{id}/${sheet.name}`;
    const who = `by: ${sheet.by.join(', ')}; from: ${sheet.from.join(', ')}`;
    const about = {
      summary: `${measure.title}：${sheet.title} (${who})`,
      input: sheet.input,
      answer: matterAnswerForm,
    };
    return [path, 'post', operation('POST', path, false, about)] as const;
  });
}

/** The OpenAPI 3.1 document of the service, made of its routes and measures. */
export function openapiDocument(
  routes: readonly Pick<Route, 'method' | 'path' | 'open' | 'sheet'>[],
  measures: readonly Measure[],
  version: string,
) {
  const paths: Record<string, Record<string, unknown>> = {};
  const add = (path: string, method: string, what: unknown): void => {
    paths[path] = { ...paths[path], [method]: what };
  };
  for (const { method, path, open, sheet } of routes) {
    if (sheet === undefined) continue;
    add(path, method.toLowerCase(), operation(method, path, open === true, sheet));
  }
  for (const measure of measures)
    for (const [path, method, what] of commandOperations(measure)) add(path, method, what);
  return {
    openapi: '3.1.0',
    info: { title: '担当 Dandang', version, description: 'Case work of a supervision office. See docs/http.md.' },
    security: [{ token: [] }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: Object.fromEntries(Object.entries(named).map(([name, form]) => [name, schemaOf(form, 'output')])),
      responses: Object.fromEntries(
        refusalStatuses.map((status) => [
          status,
          {
            description: refusalsWith(Number(status)),
            content: content(answerOf(problemAnswer), 'application/problem+json'),
          },
        ]),
      ),
    },
  };
}
