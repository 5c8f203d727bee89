import { fieldAt } from '@dandang/casework/common-form.ts';
import type { Field } from '@dandang/casework/form.ts';
import { inputSchema } from '@dandang/casework/input-schema.ts';
import type { MeasureWords } from '@dandang/casework/measure-words.ts';
import { commonRefusals, type RefusalTable } from '@dandang/casework/refusal.ts';
import type { Word } from '@dandang/casework/word.ts';
import type { WordedMeasure } from '@dandang/measures/words.ts';
import type * as z from 'zod/mini';
import { deliveryAnswer, historyForm, matterAnswerForm, matterListForm, problemAnswer } from './answers.ts';
import { draftsAnswer, dryRunAnswer } from './draft-answers.ts';
import { areas, contractWords } from './contract-words.ts';
import type { OperationWords } from './operation-words.ts';
import { measureSheets } from './measure-sheets.ts';
import { both, describedParameter, parameters } from './openapi-parameters.ts';
import { answerSchema, bodySchema, type Schema } from './openapi-schema.ts';
import type { Route, RouteSheet } from './route.ts';

type Titles = Readonly<Record<string, Word>>;

const content = (schema: Schema, type = 'application/json') => ({ [type]: { schema } });
const ref = (part: 'schemas' | 'responses' | 'parameters', name: string) => ({ $ref: `#/components/${part}/${name}` });

/** What many operations answer with is described once. */
const named = {
  Problem: problemAnswer,
  Matter: matterAnswerForm,
  History: historyForm,
  Delivery: deliveryAnswer,
  Drafts: draftsAnswer,
  DryRun: dryRunAnswer,
};
const answerOf = (answer: z.ZodMiniType): Schema => {
  const known = Object.entries(named).find(([, form]) => form === answer);
  return known === undefined ? answerSchema(answer) : ref('schemas', known[0]);
};

/** Which refusals can come with which status, so that a portal's author finds every code in one place. */
const refusalsWith = (refusals: RefusalTable, status: number): string =>
  Object.entries(refusals)
    .filter(([, refusal]) => refusal.status === status)
    .map(([code, refusal]) => `\`${code}\` ${refusal.zh} (${refusal.en})`)
    .join('; ');

const refusalStatuses = [400, 401, 403, 404, 409, 412, 413, 421, 422, 429].map(String);
const refusalResponses = Object.fromEntries(refusalStatuses.map((status) => [status, ref('responses', status)]));

const pathParameters = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) =>
    name === 'id'
      ? ref('parameters', name)
      : { name, in: 'path', required: true, schema: { type: 'string' }, ...describedParameter(name) },
  );

const queryParameters = (query: z.ZodMiniObject | undefined) =>
  Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: inputSchema(schema),
    ...describedParameter(name),
  }));

/** What an operation is called, what its body's fields are, and what it answers with where that is described already. */
interface About extends Omit<OperationWords, 'fields'> {
  readonly fieldOf: (path: string) => Field | undefined;
  readonly answer?: Schema | undefined;
  /** It can be tried without anything being kept. */
  readonly dryRun?: boolean;
  /** It acts on a matter, which may have changed since it was shown. */
  readonly onMatter?: boolean;
  /** A head of the unit may have to sign it. */
  readonly signed?: boolean;
}

/** A command's answer, or that of its dry run. */
const orDryRun = (answer: Schema): Schema => ({ oneOf: [answer, ref('schemas', 'DryRun')] });

function operation(method: string, path: string, open: boolean, sheet: RouteSheet, about: About) {
  const { summary, input, query, status = 200 } = sheet;
  const answer = about.answer ?? (sheet.answer === undefined ? undefined : answerOf(sheet.answer));
  return {
    operationId: about.id,
    tags: [about.tag],
    summary,
    description: about.en,
    ...(open ? { security: [] } : {}),
    parameters: [
      ...pathParameters(path),
      ...queryParameters(query),
      ...(method === 'POST' && !open ? [ref('parameters', 'Idempotency-Key')] : []),
      ...(about.onMatter === true ? [ref('parameters', 'If-Match')] : []),
      ...(about.dryRun === true ? [ref('parameters', 'dryRun')] : []),
      ...(about.signed === true ? [ref('parameters', 'for')] : []),
    ],
    ...(input === undefined
      ? {}
      : { requestBody: { required: true, content: content(bodySchema(input, about.fieldOf)) } }),
    responses: {
      ...(about.dryRun === true ? { 200: { description: 'OK', content: content(ref('schemas', 'DryRun')) } } : {}),
      [String(status)]: {
        description: 'OK',
        ...(answer === undefined
          ? {}
          : { content: content(about.dryRun === true && status === 200 ? orDryRun(answer) : answer) }),
      },
      ...(open ? {} : refusalResponses),
    },
  };
}

/** `risk-filings` → `riskFilings`; with `first`, `RiskFilings`. */
function camel(name: string, first = false): string {
  const joined = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return first ? joined.charAt(0).toUpperCase() + joined.slice(1) : joined;
}

/** A measure's commands one by one: each with its own body, who may do it and from which states. */
function commandOperations({ measure, words, forms }: WordedMeasure) {
  const { collection, title } = measure;
  return measure.commandSheets.map((sheet) => {
    const path = `/api/${collection}/{id}/${sheet.name}`;
    const english = `${words.title.en}: ${words.commands[sheet.name]?.en ?? ''}`;
    const made = operation(
      'POST',
      path,
      false,
      { summary: `${title}：${sheet.title}`, input: sheet.input },
      {
        id: `${camel(collection)}${camel(sheet.name, true)}`,
        tag: collection,
        en: `${english}. By: ${sheet.by.join(', ')}. From: ${sheet.from.join(', ')}.`,
        fieldOf: (field) => fieldAt(forms, sheet.name, field),
        answer: ref('schemas', camel(measure.kind, true)),
        dryRun: true,
        onMatter: true,
        signed: sheet.signed,
      },
    );
    return [path, 'post', made] as const;
  });
}

/** What the routes that every measure has are called; undefined for a route that is not one of them. */
function measureOperation({ measure, words, forms }: WordedMeasure, method: string, path: string): About | undefined {
  const { collection, kind, openingSheet } = measure;
  const fieldOf = (field: string): Field | undefined => fieldAt(forms, 'open', field);
  const about = (act: string, en: string, answer?: string): About => ({
    id: `${camel(collection)}${act}`,
    tag: collection,
    en: `${words.title.en}: ${en}`,
    fieldOf,
    answer: answer === undefined ? undefined : ref('schemas', answer),
  });
  const matter = camel(kind, true);
  const base = `/api/${collection}`;
  switch (`${method} ${path}`) {
    case `POST ${base}`:
      return { ...about('Open', `${words.opening.en}. By: ${openingSheet.by.join(', ')}.`, matter), dryRun: true };
    case `GET ${base}`:
      return about('List', 'the matters that the caller may see, newest first.', 'MatterList');
    case `GET ${base}/{id}`:
      return about(
        'Get',
        'a matter, with its deadlines, documents and deliveries, and what the caller may do.',
        matter,
      );
    case `GET ${base}/{id}/history`:
      return about('History', 'every commit of a matter, with its hash.', 'History');
    case `GET ${base}/{id}/documents/{document}`:
      return about(
        'Document',
        'a document of a matter, as a Word file to keep or as an HTML page, under its number and type as the name of the file.',
      );
    case `GET ${base}/{id}/drafts`:
      return about('Drafts', 'the letters that a matter is heading for, as they would go out today.', 'Drafts');
    case `GET ${base}/{id}/drafts/{draft}`:
      return about('Draft', 'a draft of a letter, as a Word file or as HTML.');
    default:
      return undefined;
  }
}

const enumeration = (title: Word, titles: Titles): Schema => ({
  type: 'string',
  title: title.zh,
  description: title.en,
  enum: Object.keys(titles),
  'x-enum-titles': titles,
});

/** A measure's matter with its states, and the names of what else its matters speak of. */
function measureSchemas({ measure, words }: WordedMeasure): Readonly<Record<string, Schema>> {
  const name = camel(measure.kind, true);
  const { title, states, deadlines, documents, events }: MeasureWords = words;
  const listed = (part: string, zh: string, en: string, titles: Titles) =>
    Object.keys(titles).length === 0
      ? {}
      : { [`${name}${part}`]: enumeration({ zh: `${title.zh}：${zh}`, en: `${title.en}: ${en}` }, titles) };
  return {
    [name]: {
      title: title.zh,
      description: both(words.about),
      allOf: [
        ref('schemas', 'Matter'),
        { type: 'object', properties: { kind: { const: measure.kind }, state: ref('schemas', `${name}State`) } },
      ],
    },
    ...listed('State', '状态', 'states', states),
    ...listed('Deadline', '时限', 'deadlines; one of several goes by its name and a number', deadlines),
    ...listed('Document', '文书种类', 'types of documents', documents),
    ...listed('Event', '事实', 'types of events', events),
  };
}

/** The OpenAPI 3.1 document of the service, made of its routes and of its measures with their sheets and words. */
export function openapiDocument(
  routes: readonly Pick<Route, 'method' | 'path' | 'open' | 'sheet'>[],
  measures: readonly WordedMeasure[],
  version: string,
) {
  const paths: Record<string, Record<string, unknown>> = {};
  const add = (path: string, method: string, what: unknown): void => {
    paths[path] = { ...paths[path], [method]: what };
  };
  const aboutOf = (method: string, path: string): About => {
    for (const measure of measures) {
      const found = measureOperation(measure, method, path);
      if (found !== undefined) return found;
    }
    const words = contractWords[`${method} ${path}`];
    if (words === undefined) throw new Error(`contract-words.ts says nothing of ${method} ${path}`);
    return { ...words, fieldOf: (field) => words.fields?.[field] };
  };
  const refusals: RefusalTable = Object.fromEntries(
    [commonRefusals, ...measures.map(({ measure }) => measure.refusals)].flatMap((table) => Object.entries(table)),
  );
  const described: typeof routes = [...measures.flatMap(({ measure }) => measureSheets(measure)), ...routes];
  for (const { method, path, open, sheet } of described) {
    if (sheet === undefined) continue;
    add(path, method.toLowerCase(), operation(method, path, open === true, sheet, aboutOf(method, path)));
  }
  for (const measure of measures)
    for (const [path, method, what] of commandOperations(measure)) add(path, method, what);
  const tag = (name: string, title: Word, about: Word) => ({
    name,
    description: both(about),
    'x-displayName': title.zh,
  });
  return {
    openapi: '3.1.0',
    info: {
      title: '担当 Dandang',
      version,
      description: both({
        zh: '督查机构办理事项的接口。说明见 docs/http.md。',
        en: 'Case work of a supervision office. See docs/http.md.',
      }),
    },
    security: [{ token: [] }],
    tags: [
      ...measures.map(({ measure, words }) => tag(measure.collection, words.title, words.about)),
      ...Object.entries(areas).map(([name, area]) => tag(name, area, area)),
    ],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      parameters,
      schemas: {
        ...Object.fromEntries(Object.entries(named).map(([name, form]) => [name, answerSchema(form)])),
        MatterList: answerSchema(matterListForm),
        ...Object.fromEntries(measures.flatMap((measure) => Object.entries(measureSchemas(measure)))),
      },
      responses: Object.fromEntries(
        refusalStatuses.map((status) => [
          status,
          {
            description: refusalsWith(refusals, Number(status)),
            content: content(answerOf(problemAnswer), 'application/problem+json'),
          },
        ]),
      ),
    },
  };
}
