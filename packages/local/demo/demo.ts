import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { now } from './clock.ts';
import { numberedSteps, say } from './display.ts';
import { withOwnService } from './own-service.ts';
import { Story } from './story.ts';
import { townAt } from './town.ts';

const { PORT = '3000', DANDANG_DATA = '.dandang' } = process.env;
const letters = join(DANDANG_DATA, 'demo-letters');
const known = `http://127.0.0.1:${PORT}`;

const storyFile = z.object({ story: z.instanceof(Story) });

/** The stories of this folder in their order: a file `*-story.ts` is all that a further one needs. */
async function everyStory(): Promise<Story[]> {
  const names = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('-story.ts'));
  const files = await Promise.all(names.map(async (name) => storyFile.parse(await import(`./${name}`))));
  return files.map(({ story }) => story).sort((one, other) => one.place - other.place);
}

async function running(base: string): Promise<boolean> {
  try {
    return (await fetch(`${base}/api/health`, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
}

async function tellTo(base: string): Promise<void> {
  const town = townAt(base, letters);
  const stories = await everyStory();
  const chapter = numberedSteps(stories.flatMap(({ steps }) => steps).length);
  say(`时钟 (clock) ${await now(town)}`);
  for (const { steps, tell } of stories) await chapter(steps, (begin) => tell(town, begin));
}

if (await running(known)) {
  console.log(
    `担当 Dandang：使用正在运行的服务 ${known}（时钟将向前拨动）\nUsing the running service; its clock will be moved forward.`,
  );
  await tellTo(known);
} else {
  console.log('担当 Dandang：启动临时服务 (starting a service of its own; nothing of it is kept but the letters)');
  await withOwnService('yichang', tellTo);
}
console.log(`\n完成 (done). 文书在 (letters in) ${letters}`);
