import { matterAnswerForm } from '@dandang/api/answers.ts';
import { measures } from '@dandang/measures/registry.ts';
import * as z from 'zod/mini';
import { said } from './caller.ts';
import { type Name, names, type RunningTown } from './running-town.ts';

const anItem = z.object({ id: z.string() });
const aDeadline = z.object({ matter: z.object({ collection: z.string(), id: z.string() }), name: z.string() });

/** What somebody's lists name, and what is there for the same person to look at, each as a path. */
async function listsOf(town: RunningTown, name: Name): Promise<string[]> {
  const found: string[] = [];
  for (const collection of [...measures.map((one) => one.collection), 'deliveries'])
    for (const { id } of await town.all(name, `/api/${collection}?limit=7`, anItem)) found.push(`${collection}/${id}`);
  return found;
}

/**
 * Where a list says more or less than a look at the thing itself: for everybody, every matter and delivery that anybody's
 * lists name, and every open deadline. None when all is well.
 */
export async function listsAndGatesDiffer(town: RunningTown): Promise<string[]> {
  await town.mails();
  const lists = new Map<Name, string[]>();
  for (const name of names) lists.set(name, await listsOf(town, name));
  const known = new Set([...lists.values()].flat());
  const differ: string[] = [];
  for (const [name, listed] of lists) {
    if (new Set(listed).size !== listed.length) differ.push(`${name} is shown something twice`);
    const deadlines = new Set(
      (await town.all(name, '/api/deadlines?limit=7', aDeadline)).map(
        (one) => `${one.matter.collection}/${one.matter.id} ${one.name}`,
      ),
    );
    for (const path of known) {
      const heard = await town.as(name).get(`/api/${path}`);
      if ((heard.status === 200) !== listed.includes(path)) differ.push(`${name} gets ${heard.status} for ${path}`);
      if (heard.status !== 200 || path.startsWith('deliveries/')) continue;
      for (const one of said(heard, matterAnswerForm).deadlines)
        if ((one.light !== 'grey') !== deadlines.has(`${path} ${one.name}`))
          differ.push(`${name}: ${one.name} of ${path} is ${one.light} and is ${deadlines.has(`${path} ${one.name}`)}`);
    }
  }
  return differ;
}
