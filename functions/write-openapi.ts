import { writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { serviceDocument } from './routes.ts';

/** Writes `docs/api/openapi.json` anew; a test compares it with the routes. */
const text = await format(JSON.stringify(serviceDocument()), { parser: 'json', printWidth: 120 });
await writeFile(new URL('../docs/api/openapi.json', import.meta.url), text);
