import type { Caller } from '@dandang/access/caller.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { refuse } from '@dandang/casework/refusal.ts';
import { hatThat } from '@dandang/accept/hats.ts';
import type { Route } from '@dandang/api/route.ts';
import { lettersFor } from '@dandang/api/matter-answer.ts';
import { logRead } from '@dandang/api/read-log.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { renderDocx } from '@dandang/letters/docx.ts';
import { renderHtml } from '@dandang/letters/html.ts';
import { measures } from '@dandang/measures/registry.ts';
import { readFile } from '@dandang/store/file.ts';
import { matterKey } from '@dandang/store/keys.ts';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** A letter as it was issued, as a file to print or a page to read. It passes the same gate as its matter. */
export function documentRoutes(
  deps: Pick<HttpSurroundings, 'commits' | 'views' | 'reference' | 'now' | 'log'>,
): Route[] {
  return measures.map((measure) => ({
    method: 'GET',
    path: `/api/${measure.collection}/{id}/documents/{document}`,
    sheet: { summary: `${measure.title}：文书（document 为文书编号加 .docx 或 .html）` },
    handle: async ({ caller, params }) => {
      const { id = '', document = '' } = params;
      const [, name, ending] = /^([a-z0-9]+)\.(docx|html)$/.exec(document) ?? [];
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
      if (ending === 'html')
        return {
          status: 200,
          headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
          bytes: {
            contentType: 'text/html; charset=utf-8',
            content: new TextEncoder().encode(renderHtml(letter.content)),
          },
        };
      return {
        status: 200,
        headers: { 'content-disposition': `attachment; filename="${letter.type}-${letter.id}.docx"` },
        bytes: { contentType: docx, content: await renderDocx(letter.content) },
      };
    },
  }));
}
