import type { Caller } from '@dandang/access/caller.ts';
import { sightOf } from '@dandang/access/gate.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { chaserKind } from '@dandang/casework/chaser-kind.ts';
import { chaserGate, foldChaser } from '@dandang/casework/chaser-sheet.ts';
import { refuse } from '@dandang/casework/refusal.ts';
import { hatThat } from '@dandang/accept/hats.ts';
import { chaserAnswer } from '@dandang/api/answers.ts';
import type { Route } from '@dandang/api/route.ts';
import { lettersFor } from '@dandang/api/matter-answer.ts';
import { logRead } from '@dandang/api/read-log.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { measures } from '@dandang/measures/registry.ts';
import { readFile } from '@dandang/store/file.ts';
import { chaserKey, matterKey } from '@dandang/store/keys.ts';
import { draftRoutes } from './draft-routes.ts';
import { named, paper } from './paper.ts';

type DocumentSurroundings = Pick<HttpSurroundings, 'commits' | 'views' | 'reference' | 'now' | 'freshId' | 'log'>;

/** A chaser sheet 催办单 and its paper: the office that handles what is on it, and the recipient its own. */
function chaserRoutes(deps: DocumentSurroundings): Route[] {
  const sheetFor = async (caller: Caller, id: string, what: string) => {
    const sheet = foldChaser(id, (await readFile(deps.commits, chaserKey(id))).commits);
    if (sheet === undefined) return undefined;
    const gate = chaserGate(sheet);
    const hat = await hatThat(deps, caller, chinaDate(deps.now()), (one) => sightOf(gate, one) !== undefined);
    if (hat === undefined) return undefined;
    const confidential = sheet.confidential !== undefined;
    logRead(deps.log, { measure: { confidential }, matter: { kind: chaserKind, id } }, hat, what);
    return sheet;
  };
  return [
    {
      method: 'GET',
      path: '/api/chasers/{id}',
      sheet: { summary: '催办单', answer: chaserAnswer },
      handle: async ({ caller, params }) => {
        const sheet = await sheetFor(caller, params['id'] ?? '', 'chaser');
        if (sheet === undefined) return refuse('not-found');
        const { id, office, recipient, on, items, letter } = sheet;
        const deliveries = letter.deliveries.map((one) => one.id);
        const document = { id: letter.id, type: letter.type, title: letter.title };
        return { status: 200, body: { id, kind: chaserKind, office, recipient, on, items, document, deliveries } };
      },
    },
    {
      method: 'GET',
      path: '/api/chasers/{id}/documents/{document}',
      sheet: { summary: '催办单：文书（document 为文书编号加 .docx 或 .html；文件名为文号和文种）' },
      handle: async ({ caller, params }) => {
        const [name, ending] = named(params['document'] ?? '');
        const sheet = await sheetFor(caller, params['id'] ?? '', `document ${name ?? ''}`);
        return sheet === undefined || sheet.letter.id !== name ? refuse('not-found') : paper(sheet.letter, ending);
      },
    },
  ];
}

/** A letter as it was issued, as a file to print or a page to read. It passes the same gate as its matter. */
export function documentRoutes(deps: DocumentSurroundings): Route[] {
  const ofMeasures = measures.map((measure): Route => ({
    method: 'GET',
    path: `/api/${measure.collection}/{id}/documents/{document}`,
    sheet: { summary: `${measure.title}：文书（document 为文书编号加 .docx 或 .html；文件名为文号和文种）` },
    handle: async ({ caller, params }) => {
      const { id = '', document = '' } = params;
      const [name, ending] = named(document);
      const open = measure.fold(id, (await readFile(deps.commits, matterKey(measure.kind, id))).commits);
      if (open === undefined) return refuse('not-found');
      const readable = (hat: Caller) => {
        const sight = open.sees(hat);
        return sight === undefined ? [] : lettersFor(open, hat, sight);
      };
      const reads = (hat: Caller) => readable(hat).some((one) => one.id === name);
      const hat = await hatThat(deps, caller, chinaDate(deps.now()), reads);
      const letter = hat && readable(hat).find((one) => one.id === name);
      if (hat === undefined || letter === undefined) return refuse('not-found');
      logRead(deps.log, open, hat, `document ${letter.id}`);
      return paper(letter, ending);
    },
  }));
  return [...ofMeasures, ...draftRoutes(deps), ...chaserRoutes(deps)];
}
