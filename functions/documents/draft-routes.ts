import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { longestLetter, parseInput } from '@dandang/casework/input.ts';
import type { Measure } from '@dandang/casework/measure.ts';
import { refuse } from '@dandang/casework/refusal.ts';
import type { Caller } from '@dandang/access/caller.ts';
import { hatsOf, seeingMost } from '@dandang/accept/hats.ts';
import { draftsAnswer } from '@dandang/api/draft-answers.ts';
import { letterShown, recipientShown } from '@dandang/api/letter-shown.ts';
import { logRead } from '@dandang/api/read-log.ts';
import type { Route } from '@dandang/api/route.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { asDraft } from '@dandang/letters/draft.ts';
import { letterContent, letterLength } from '@dandang/letters/letter.ts';
import { measures } from '@dandang/measures/registry.ts';
import { readFile } from '@dandang/store/file.ts';
import { matterKey } from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { draftsFor } from './drafts.ts';
import { named, pageOf, paper } from './paper.ts';

type DraftSurroundings = Pick<HttpSurroundings, 'commits' | 'views' | 'reference' | 'now' | 'freshId' | 'log'>;

const rendering = z.strictObject({ content: letterContent });

/** Letters before they exist: those that a matter is heading for, and one that a dry run answered with. */
export function draftRoutes(deps: DraftSurroundings): Route[] {
  /** What the caller reads of a matter's drafts, and how; undefined where it may not know of the matter. */
  const draftsOf = async (measure: Measure, id: string, caller: Caller) => {
    const open = measure.fold(id, (await readFile(deps.commits, matterKey(measure.kind, id))).commits);
    if (open === undefined) return undefined;
    const [best, ...others] = seeingMost(await hatsOf(deps, caller, chinaDate(deps.now())), open.sees);
    if (best === undefined) return undefined;
    const { drafts, warnings } = await draftsFor(deps, open, [best, ...others]);
    return { drafts, warnings, logged: (what: string) => logRead(deps.log, open, best, what) };
  };

  const ofMeasure = (measure: Measure): Route[] => {
    const base = `/api/${measure.collection}/{id}/drafts`;
    return [
      {
        method: 'GET',
        path: base,
        sheet: { summary: `${measure.title}：待发文书草稿`, answer: draftsAnswer },
        handle: async ({ caller, params }) => {
          const id = params['id'] ?? '';
          const found = await draftsOf(measure, id, caller);
          if (found === undefined) return refuse('not-found');
          found.logged('drafts');
          const items = found.drafts.map(({ command, open, letter }) => ({
            ...letterShown(letter),
            command,
            open,
            recipients: letter.deliveries.map(recipientShown),
            html: `/api/${measure.collection}/${id}/drafts/${letter.id}.html`,
            docx: `/api/${measure.collection}/${id}/drafts/${letter.id}.docx`,
          }));
          return { status: 200, body: { items, warnings: found.warnings } };
        },
      },
      {
        method: 'GET',
        path: `${base}/{draft}`,
        sheet: { summary: `${measure.title}：文书草稿（draft 为文书编号加 .docx 或 .html）` },
        handle: async ({ caller, params }) => {
          const [name, ending] = named(params['draft'] ?? '');
          const found = await draftsOf(measure, params['id'] ?? '', caller);
          const letter = found?.drafts.map((one) => one.letter).find((one) => one.id === name);
          if (found === undefined || letter === undefined) return refuse('not-found');
          found.logged(`draft ${letter.id}`);
          return paper({ ...letter, content: asDraft(letter.content) }, ending);
        },
      },
    ];
  };

  return [
    ...measures.flatMap(ofMeasure),
    {
      method: 'POST',
      path: '/api/letters/render',
      sheet: { summary: '文书草稿成页', input: rendering },
      handle: ({ body }) => {
        const asked = parseInput(rendering, body);
        if (!asked.ok) return Promise.resolve(asked.refusal);
        const { content } = asked.value;
        // The mark is ours and not counted.
        if (letterLength({ ...content, marking: undefined }) > longestLetter)
          return Promise.resolve(refuse('too-long'));
        // Whoever sends it may have written anything: what comes of it says on every page that it is a draft.
        return Promise.resolve(pageOf(asDraft(content)));
      },
    },
  ];
}
