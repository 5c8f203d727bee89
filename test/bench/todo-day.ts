import { firstDay, inFolder, warmedUp } from './http-load.ts';
import { startOneMachine } from './one-machine.ts';
import { median } from './pairs.ts';
import { byClients } from './reminder-story.ts';
import type { Measurement } from './verdict.ts';

/** How many submits are measured around the tenth, and as many around the four hundredth. */
const around = 20;
const early = 10 - around / 2;
const late = 400 - around / 2;
const days = 3;

/** Whether a day's to-do mail, or anything else that a day gathers, makes the later submits of a day dearer. */
export const submitsOfADay = (): Promise<Measurement[]> =>
  inFolder(async (folder) => {
    const service = await startOneMachine({ folder, startAt: firstDay });
    const office = await warmedUp(service);
    try {
      const costs: { readonly tenth: number; readonly late: number }[] = [];
      const submit = async (path: string): Promise<number> => {
        const before = await service.settled();
        await office.act(path, 'submit');
        return (await service.settled()).cpu - before.cpu;
      };
      for (let day = 0; day < days; day += 1) {
        await office.nextMorning();
        const drafts = await byClients(8, late + around, () => office.open());
        await service.settled();
        const costOf = async (from: number): Promise<number[]> => {
          const taken: number[] = [];
          for (const path of drafts.slice(from, from + around)) taken.push(await submit(path));
          return taken;
        };
        for (const path of drafts.slice(0, early)) await office.act(path, 'submit');
        const tenth = await costOf(early);
        const between = drafts.slice(early + around, late);
        await byClients(8, between.length, (index) => office.act(between[index] ?? '', 'submit'));
        const last = await costOf(late);
        costs.push(...tenth.map((cost, index) => ({ tenth: cost, late: last[index] ?? Number.NaN })));
      }
      const [tenth, last] = [median(costs.map((one) => one.tenth)), median(costs.map((one) => one.late))];
      return [
        {
          name: 'CPU of the 400th submit of a day / the 10th',
          measured: last / tenth,
          bar: 1.2,
          aim: 1,
          better: 'lower',
          digits: 2,
          note: `${last.toFixed(1)} ms / ${tenth.toFixed(1)} ms, medians of ${costs.length} around each, what follows included`,
        },
      ];
    } finally {
      office.close();
      await service.close();
    }
  });
