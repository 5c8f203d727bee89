import type { Caller } from '@dandang/access/caller.ts';
import { callerFromClaims } from '@dandang/access/caller.ts';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { measureRoutes } from '@dandang/api/measure-routes.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import { dynamoClient } from '@dandang/store/client.ts';
import { dynamoCommitStore } from '@dandang/store/commit-store.ts';
import { createTables } from '@dandang/store/tables.ts';
import { dynamoViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import { callApi } from '../http/call.ts';
import { countOperations } from './operations.ts';
import { clerk, deputy, draft, enterTown, liaison } from './town.ts';

/** What one command wrote. */
export interface CommandWrites {
  readonly command: string;
  /** Items put into the store by the request. */
  readonly puts: number;
  /** Operations that write and are no PutItem; there should be none. */
  readonly otherWrites: number;
  /** Document numbers that its letters carry. */
  readonly numbers: number;
}

const matter = z.object({
  id: z.string(),
  documents: z.array(z.object({ id: z.string(), number: z.optional(z.nullable(z.string())) })),
});

const at: Instant = '2026-09-15T10:00:00.000+08:00';
const reads: ReadonlySet<string> = new Set(['QueryCommand', 'GetItemCommand', 'BatchGetItemCommand']);

/** Takes reminders through every kind of command over a real store and counts what each request writes. */
export async function writesPerCommand(endpoint: string): Promise<CommandWrites[]> {
  const client = dynamoClient({ region: 'local', endpoint });
  try {
    await createTables(client, { commits: 'writes-commits', views: 'writes-views' });
    const commits = dynamoCommitStore({ client, table: 'writes-commits' });
    await enterTown(commits, at);
    let ids = 0;
    const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const deps = {
      commits,
      views: dynamoViewStore({ client, table: 'writes-views' }),
      reference: referenceFrom({ commits, policyId: 'yichang', rememberFor: 0, elapsed: () => 0 }),
      now: () => at,
      freshId: () => `writes-${(ids += 1)}`,
      log: quiet,
      attachments: { stat: () => Promise.resolve(undefined) },
      verifyToken: (authorization: string | undefined) => {
        const encoded = authorization?.slice('Bearer '.length) ?? '';
        return Promise.resolve(callerFromClaims(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'))));
      },
    };
    const handler = httpFunction(measureRoutes(reminder, deps), deps.verifyToken, quiet);
    const operations = countOperations(client);
    const written: CommandWrites[] = [];
    const given = new Set<string>();
    const act = async (command: string, caller: Caller, path: string, body: unknown = {}): Promise<string> => {
      operations.clear();
      const answer = await callApi(handler, { method: 'POST', path, caller, body });
      if (answer.status > 201)
        throw new Error(`${command} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      const { id, documents } = matter.parse(answer.body);
      const fresh = documents.filter((one) => typeof one.number === 'string' && !given.has(one.id));
      for (const one of fresh) given.add(one.id);
      const puts = operations.get('PutItemCommand')?.requests ?? 0;
      const others = [...operations].filter(([name]) => name !== 'PutItemCommand' && !reads.has(name));
      const otherWrites = others.reduce((sum, [, { requests }]) => sum + requests, 0);
      written.push({ command, puts, otherWrites, numbers: fresh.length });
      return `/api/reminders/${id}`;
    };

    const issued = async (): Promise<string> => {
      const path = await act('open', clerk, '/api/reminders', draft);
      await act('submit', clerk, `${path}/submit`);
      await act('approve', deputy, `${path}/approve`, { opinion: '同意印发。' });
      await act('issue', clerk, `${path}/issue`);
      return path;
    };
    const first = await act('open', clerk, '/api/reminders', draft);
    await act('revise', clerk, `${first}/revise`, { subject: '老旧小区改造推进缓慢' });
    await act('submit', clerk, `${first}/submit`);
    await act('return', deputy, `${first}/return`, { reason: '请补充数据。' });
    await act('withdraw', clerk, `${first}/withdraw`, { reason: '另行处理。' });
    const second = await issued();
    await act('request-extension', liaison, `${second}/request-extension`, {
      deadline: 'reply',
      workingDays: 2,
      reason: '资料较多。',
    });
    await act('urge', clerk, `${second}/urge`, {});
    await act('reply', liaison, `${second}/reply`, { measures: '三个项目本月内全部开工。' });
    await act('review', clerk, `${second}/review`, { outcome: 'effective', opinion: '同意办结。' });
    await act('dispute', liaison, `${second}/dispute`, { grounds: '数据有误。' });
    const third = await issued();
    await act('rescind', deputy, `${third}/rescind`, { reason: '依据有误。' });
    return written;
  } finally {
    client.destroy();
  }
}
