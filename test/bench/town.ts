import type { Caller } from '@dandang/access/caller.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import { clockActor } from '@dandang/casework/commit.ts';
import { demonstrationOfficials, demonstrationSettings, demonstrationUnits } from '@dandang/local/demonstration.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { officialKey, settingsKey, unitKey } from '@dandang/store/keys.ts';

const person = (id: string, unit: string, ...roles: Caller['roles']): Caller => ({
  id,
  name: `${id}（演示）`,
  unit,
  roles,
});

export const clerk = person('clerk', 'supervision-office', 'supervision');
export const deputy = person('deputy-leader', 'city-leaders', 'leader', 'approver');
export const liaison = person('housing-liaison', 'housing', 'unit');

/** A reminder's draft of an ordinary length. */
export const draft = {
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject: '老旧小区改造项目推进缓慢',
  findings: '（演示）截至上月底，年度计划改造的老旧小区完成率低于序时进度，三个项目尚未开工。',
  requirements: '（演示）逐项列明未开工项目的原因、责任人和开工时间，加快推进并按期报送进展。',
  replyWithin: { amount: 5, unit: 'working-day' },
  officials: ['housing-director'],
} as const;

/** Puts the demonstration's directory and settings on file. */
export async function enterTown(commits: CommitStore, at: Instant): Promise<void> {
  const enter = async (key: string, type: string, data: unknown): Promise<void> => {
    await appendToFile(commits, await readFile(commits, key), {
      at,
      by: clockActor,
      command: 'enter',
      request: { id: `bench/${key}`, body: '' },
      events: [{ type, data }],
    });
  };
  for (const [id, unit] of Object.entries(demonstrationUnits)) await enter(unitKey(id), 'UnitEntered', unit);
  for (const [id, one] of Object.entries(demonstrationOfficials)) await enter(officialKey(id), 'OfficialEntered', one);
  await enter(settingsKey('yichang'), 'SettingsChanged', demonstrationSettings);
}
