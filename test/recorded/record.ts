import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, chinaDate, type Instant } from '@dandang/calendar/civil-date.ts';
import type { Log } from '@dandang/accept/log.ts';
import { version } from '../../functions/routes.ts';
import { story as interviewStory } from '@dandang/local/demo/interview-story.ts';
import { story as reminderStory } from '@dandang/local/demo/reminder-story.ts';
import { story as rewardStory } from '@dandang/local/demo/reward-story.ts';
import { story as toleranceStory } from '@dandang/local/demo/tolerance-story.ts';
import { townAt } from '@dandang/local/demo/town.ts';
import { startService } from '@dandang/local/service.ts';
import type { CommitStore, StoredCommit } from '@dandang/store/commit-store.ts';
import { openSqliteTown } from '@dandang/store/sqlite/sqlite-town.ts';
import type { Town } from '@dandang/store/town.ts';
import { answersAt } from './answers.ts';
import { tellFurther } from './further-stories.ts';
import { keep, recordedReleases } from './recorded-file.ts';

/*
 * Records the files of the current release: `npm run record`, once, when a release is cut and before anything changes
 * after it. It runs the service, tells it the stories of the demonstration and further ones, and keeps every file as the
 * service wrote it, with what the service answers about it.
 */

const startAt: Instant = '2026-09-15T10:00:00.000+08:00';
const quiet: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (code, ids, error) => {
    process.stderr.write(`${code} ${JSON.stringify(ids)} ${String(error)}\n`);
  },
};

/** Every file that was written from one day to another, each oldest first. */
async function everyFile(commits: CommitStore, from: Instant, to: Instant): Promise<StoredCommit[][]> {
  const keys = new Set<string>();
  for (let day = chinaDate(from); day <= chinaDate(to); day = addDays(day, 1))
    for await (const { matter } of commits.keysOn(day)) keys.add(matter);
  return Promise.all([...keys].map(async (key) => [...(await commits.read(key))]));
}

if ((await recordedReleases()).includes(version))
  throw new Error(`release ${version} is recorded already, and a recording is never rewritten`);

const folder = await mkdtemp(join(tmpdir(), 'dandang-record-'));
let stored: Town | undefined;
const service = await startService({
  folder,
  port: 0,
  startAt,
  policyId: 'yichang',
  demonstration: true,
  log: quiet,
  openTown: (given) => {
    stored = openSqliteTown(given);
    return Promise.resolve(stored);
  },
});
try {
  if (stored === undefined) throw new Error('the service has no store');
  const town = townAt(service.url, join(folder, 'letters'));
  for (const { tell } of [reminderStory, rewardStory, interviewStory, toleranceStory])
    await tell(town, () => undefined);
  await tellFurther(town, service.mailbox);
  await service.settled();
  const now = service.clock.now();
  const files = await everyFile(stored.commits, startAt, now);
  const ask = await answersAt(now, files);
  const recorded = [];
  for (const commits of files) {
    const file = commits[0]?.matter ?? '';
    const sealed = commits.map(({ matter, version: place, commit, hash, at }) => ({
      matter,
      version: place,
      commit,
      hash,
      at,
    }));
    recorded.push({ release: version, now, file, commits: sealed, answers: await ask(file) });
  }
  await keep(version, recorded);
  process.stdout.write(`${recorded.length} files of release ${version} are recorded\n`);
} finally {
  await service.close();
  await rm(folder, { recursive: true, force: true });
}
