import { writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { namedMeasures, serviceDocument } from './routes.ts';

/** Writes `docs/api` anew; tests compare it with the routes and with the words of the measures. */
const documents = { openapi: serviceDocument(), measures: namedMeasures() };
for (const [name, document] of Object.entries(documents)) {
  const text = await format(JSON.stringify(document), { parser: 'json', printWidth: 120 });
  await writeFile(new URL(`../docs/api/${name}.json`, import.meta.url), text);
}
