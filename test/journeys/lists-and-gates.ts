import { matterAnswerForm } from '@dandang/api/answers.ts';
import { measures } from '@dandang/measures/registry.ts';
import * as z from 'zod/mini';
import { said } from './caller.ts';
import { type Name, names, type RunningTown } from './running-town.ts';

const anItem = z.object({ id: z.string() });
const aDeadline = z.object({ matter: z.object({ collection: z.string(), id: z.string() }), name: z.string() });

/** What somebody's lists name, each as a path. */
async function listsOf(town: RunningTown, name: Name): Promise<string[]> {
  const collections = [...measures.map((one) => one.collection), 'deliveries'];
  const lists = await Promise.all(
    collections.map(async (collection) =>
      (await town.all(name, `/api/${collection}?limit=20`, anItem)).map(({ id }) => `${collection}/${id}`),
    ),
  );
  return lists.flat();
}

/** To-do mails are many and all alike: so many deliveries are looked at, and every matter. */
const mostDeliveries = 8;

/**
 * Where a list says more or less than a look at the thing itself: for everybody, every matter and some deliveries that
 * anybody's lists name, and every open deadline. None when all is well.
 */
export async function listsAndGatesDiffer(town: RunningTown): Promise<string[]> {
  await town.mails();
  const lists = new Map<Name, string[]>();
  for (const name of names) lists.set(name, await listsOf(town, name));
  const all = [...new Set([...lists.values()].flat())];
  const isDelivery = (path: string): boolean => path.startsWith('deliveries/');
  const known = [...all.filter((path) => !isDelivery(path)), ...all.filter(isDelivery).slice(0, mostDeliveries)];
  const differ: string[] = [];
  for (const [name, listed] of lists) {
    if (new Set(listed).size !== listed.length) differ.push(`${name} is shown something twice`);
    const deadlines = new Set(
      (await town.all(name, '/api/deadlines?limit=20', aDeadline)).map(
        (one) => `${one.matter.collection}/${one.matter.id} ${one.name}`,
      ),
    );
    const looked = await Promise.all(known.map((path) => town.as(name).get(`/api/${path}`)));
    for (const [n, heard] of looked.entries()) {
      const path = known[n] ?? '';
      if ((heard.status === 200) !== listed.includes(path)) differ.push(`${name} gets ${heard.status} for ${path}`);
      if (heard.status !== 200 || isDelivery(path)) continue;
      for (const one of said(heard, matterAnswerForm).deadlines)
        if ((one.light !== 'grey') !== deadlines.has(`${path} ${one.name}`))
          differ.push(`${name}: ${one.name} of ${path} is ${one.light} and is ${deadlines.has(`${path} ${one.name}`)}`);
    }
  }
  return differ;
}
