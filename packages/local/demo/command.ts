import { matterAnswerForm } from '@dandang/api/answers.ts';
import type * as z from 'zod/mini';
import type { ApiClient } from '../api-client.ts';
import { ok } from './display.ts';

export type MatterAnswer = z.infer<typeof matterAnswerForm>;

/** Opens a matter of a collection such as `reminders`; `path` is where its commands go. */
export async function opened(by: ApiClient, collection: string, body: unknown) {
  const matter = ok(await by.post(`/api/${collection}`, body), matterAnswerForm);
  return { matter, path: `/api/${collection}/${matter.id}` };
}

/** A command that must be accepted; gives the matter after it. */
export const does = async (by: ApiClient, path: string, command: string, body: unknown = {}): Promise<MatterAnswer> =>
  ok(await by.post(`${path}/${command}`, body), matterAnswerForm);

export const matterAt = async (path: string, by: ApiClient): Promise<MatterAnswer> =>
  ok(await by.get(path), matterAnswerForm);
