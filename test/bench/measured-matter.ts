import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '@dandang/accept/log.ts';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import { type Answer, type ApiClient, signedIn } from '@dandang/local/api-client.ts';
import { startService } from '@dandang/local/service.ts';
import * as z from 'zod/mini';

/** What one matter took, counted while it went from draft to closed on one machine. */
export interface MeasuredMatter {
  /** HTTP requests, the looking included. */
  readonly requests: number;
  /** Commits of all files: the matter, its deliveries, to-do mails, register. */
  readonly commits: number;
  /** Capacity units, as the engine reports them with each answer. */
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Mails that went out. */
  readonly mails: number;
  /** Bytes of all commits, as hashed. */
  readonly commitBytes: number;
}

const quiet: Log = { info: () => undefined, warn: () => undefined, error: (code, ids) => console.error(code, ids) };

const consumed = z.object({ ConsumedCapacity: z.optional(z.object({ CapacityUnits: z.optional(z.number()) })) });
const commitPut = z.object({
  TableName: z.literal('commits'),
  Item: z.object({ commit: z.object({ S: z.string() }) }),
});

function ok(answer: Answer): z.infer<typeof matterAnswerForm> {
  if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return matterAnswerForm.parse(answer.body);
}

/** Drives one reminder through everything that is usual, each act preceded by a look at the worklist and the matter. */
export async function measureReminder(): Promise<MeasuredMatter> {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-cost-'));
  const counted = { requests: 0, commits: 0, writeUnits: 0, readUnits: 0, mails: 0, commitBytes: 0 };
  const service = await startService({
    folder,
    port: 0,
    startAt: '2026-09-15T10:00:00+08:00',
    policyId: 'yichang',
    demonstration: true,
    log: quiet,
    watchStore: (client) =>
      client.middlewareStack.add(
        (next, { commandName = '' }) =>
          async (call) => {
            Object.assign(call.input, { ReturnConsumedCapacity: 'TOTAL' });
            const result = await next(call);
            const units = consumed.parse(result.output).ConsumedCapacity?.CapacityUnits ?? 0;
            if (commandName === 'PutItemCommand') counted.writeUnits += units;
            else counted.readUnits += units;
            const put = commitPut.safeParse(call.input);
            if (commandName === 'PutItemCommand' && put.success) {
              counted.commits += 1;
              counted.commitBytes += Buffer.byteLength(put.data.Item.commit.S);
            }
            return result;
          },
        { step: 'initialize', name: 'count-capacity' },
      ),
  });
  try {
    const [clerk, leader, liaison] = await Promise.all(
      ['clerk', 'deputy-leader', 'housing-liaison'].map((id) => signedIn(service.url, id)),
    );
    if (clerk === undefined || leader === undefined || liaison === undefined) throw new Error('nobody signed in');
    // What was entered at the start is the town's, not the matter's.
    Object.assign(counted, { requests: 0, commits: 0, writeUnits: 0, readUnits: 0, commitBytes: 0 });
    const mailsBefore = (await service.mailbox.list()).length;
    const act = async (who: ApiClient, path: string, body?: unknown): Promise<Answer> => {
      await who.get('/api/todo');
      const answer = await who.post(path, body);
      counted.requests += 2;
      return answer;
    };
    const drafted = ok(
      await act(clerk, '/api/reminders', {
        unit: 'housing',
        leader: 'deputy-leader',
        circumstance: 'slow-progress',
        subject: '老旧小区改造项目推进缓慢',
        findings: '（演示）截至上月底完成率低于序时进度，三个项目尚未开工。'.repeat(10),
        requirements: '（演示）逐项列明原因、责任人和开工时间，按期报送进展。'.repeat(5),
        replyWithin: { amount: 5, unit: 'working-day' },
      }),
    );
    const path = `/api/reminders/${drafted.id}`;
    const step = async (who: ApiClient, command: string, body?: unknown) => {
      await who.get(path);
      counted.requests += 1;
      return ok(await act(who, `${path}/${command}`, body));
    };
    await step(clerk, 'submit');
    await step(leader, 'approve', { opinion: '同意印发。' });
    const issued = await step(clerk, 'issue');
    await service.settled();
    for (const { id, as } of issued.deliveries)
      await act(as === 'prompt' ? leader : liaison, `/api/deliveries/${id}/acknowledge`);
    await step(liaison, 'reply', { measures: '（演示）三个项目已分别明确责任人，本月内全部开工。'.repeat(10) });
    await step(clerk, 'review', { outcome: 'effective', opinion: '同意办结。' });
    await service.settled();
    counted.mails = (await service.mailbox.list()).length - mailsBefore;
    return { ...counted };
  } finally {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}
