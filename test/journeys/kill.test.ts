import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listedMatter, matterAnswerForm } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import { type Heard, type Person, said, signIn } from './caller.ts';
import { day, start, unexpectedComplaints, verifyFolder } from './killable-service.ts';
import { draftOf } from './running-town.ts';

/** A command that was answered: the matter's path and the state it was told to have then. */
interface Answered {
  readonly path: string;
  readonly version: number;
}

/** Commands to one reminder after the other until the connection breaks; every 2xx is noted in the moment it comes. */
async function workUntilKilled(url: string, lane: string, answered: Answered[]): Promise<void> {
  const [clerk, leader, liaison] = await Promise.all(
    ['clerk', 'deputy-leader', 'housing-liaison'].map((name) => signIn(url, name)),
  );
  if (clerk === undefined || leader === undefined || liaison === undefined) return;
  const note = (heard: Heard): string => {
    const { id, version } = said(heard, matterAnswerForm);
    const path = `/api/reminders/${id}`;
    answered.push({ path, version });
    return path;
  };
  const steps: readonly (readonly [Person, string, unknown])[] = [
    [clerk, 'submit', {}],
    [leader, 'approve', { opinion: '同意' }],
    [clerk, 'issue', {}],
    [liaison, 'reply', { measures: '已办' }],
  ];
  for (let count = 0; ; count += 1) {
    const keyed = { headers: { 'idempotency-key': `${lane}-${count}` } };
    const path = note(await clerk.post('/api/reminders', draftOf({ subject: `${lane} ${count}` }), keyed));
    for (const [person, command, body] of steps) note(await person.post(`${path}/${command}`, body));
  }
}

test('what was answered is there after every kill, views follow it, and every letter is mailed once or marked', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-kill-'));
  const answered: Answered[] = [];
  try {
    // Each time in another place: after the first answers of a start, and well into the work of three at once.
    for (const [round, answers] of [0, 2, 30, 12].entries()) {
      const service = await start(folder);
      const lanes = ['a', 'b', 'c'].map((lane) =>
        workUntilKilled(service.url, `${round}${lane}`, answered).catch((error: unknown) => {
          // The kill breaks the connection; anything else is a defect.
          if (!/fetch failed|terminated|ECONN|socket/.test(String(error))) throw error;
        }),
      );
      const before = answered.length;
      while (answered.length < before + answers) await new Promise((resolve) => setTimeout(resolve, 20));
      await new Promise((resolve) => setTimeout(resolve, 150));
      await service.kill();
      await Promise.all(lanes);
    }
    expect(answered.length).toBeGreaterThan(10);

    const service = await start(folder);
    const clerk = await signIn(service.url, 'clerk');
    const listing = z.object({ items: z.array(listedMatter), next: z.optional(z.string()) });
    const listed = new Map<string, number>();
    for (let cursor = ''; ;) {
      const page = said(await clerk.get(`/api/reminders?limit=100${cursor}`), listing);
      for (const one of page.items) listed.set(`/api/reminders/${one.id}`, one.version);
      if (page.next === undefined) break;
      cursor = `&cursor=${page.next}`;
    }
    for (const { path, version } of answered) {
      expect(said(await clerk.get(path), matterAnswerForm).version).toBeGreaterThanOrEqual(version);
      expect(listed.get(path) ?? 0).toBeGreaterThanOrEqual(version);
    }
    // A repeat of what was cut off finds what was done, or does it now.
    const again = await clerk.post('/api/reminders', draftOf({ subject: '0a 0' }), {
      headers: { 'idempotency-key': '0a-0' },
    });
    expect(again.status).toBe(201);
    // The lease of an attempt that a kill cut off has to run out first.
    expect((await clerk.put('/dev/clock', { now: `${day}T11:00:00.000+08:00` })).status).toBe(200);
    await clerk.get('/dev/mail');
    await service.kill();

    expect(unexpectedComplaints()).toEqual([]);
    await verifyFolder(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
