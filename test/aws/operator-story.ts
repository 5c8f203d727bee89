import type { DeployedTown } from './deployed-town.ts';
import { eventually } from './eventually.ts';
import { poison } from './poison.ts';

/** What is left to the schedules and to the operator once every other story is told: the poison, and nothing else. */
export function operatorStory(town: () => DeployedTown): void {
  const onlyPoison = {
    send: [poison.message],
    tolerance: [poison.event],
    'views-retry': [expect.stringContaining(`"file":"${poison.file}"`)],
  };

  test('what could not be handled waits for a person, and nothing else does', async () => {
    const found = await eventually(
      () => town().deadLetters(),
      (queues) => ['send', 'tolerance', 'views-retry'].every((name) => name in queues),
      240,
    );
    expect(found).toEqual(onlyPoison);
  }, 300_000);

  test("the nightly comparison and the morning's mails run, and set nothing more aside", async () => {
    await town().runs('reconcile-nightly');
    await town().runs('deadlines-mails');
    expect(await town().deadLetters()).toEqual(onlyPoison);
  }, 120_000);

  test('the operator verifies table and copies, rebuilds the views and redrives dead letters', async () => {
    const { operate } = town();
    const verified = await operate('verify');
    expect(verified.said.split('\n').filter((line) => line.includes('\t'))).toEqual([
      `chain\t${poison.file}\t1`,
      `no-copy\t${poison.file}\t1`,
    ]);
    expect(verified.code).toBe(1);
    expect(await operate('rebuild-views')).toMatchObject({ code: 0 });
    expect(await operate('redrive', '--queue', 'views-retry')).toMatchObject({ code: 0 });
    const left = await operate('redrive', '--queue', 'send');
    expect(left.said).toContain('1 left for a person');
    expect(left.code).toBe(1);
    expect(await operate('replay')).toMatchObject({ code: 2 });
  }, 180_000);
}
