import { readIfThere } from '@dandang/server/durable-file.ts';
import type * as z from 'zod/mini';

/**
 * What a small JSON file of the data folder says; undefined where there is none. One that cannot be understood is none:
 * a service must start although somebody has edited it, and writes it anew.
 */
export async function readNote<T>(path: string, form: z.ZodMiniType<T>): Promise<T | undefined> {
  const text = await readIfThere(path);
  try {
    return text === undefined ? undefined : form.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
