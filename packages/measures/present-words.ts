import type { Raise } from '@dandang/casework/event-reader.ts';
import * as z from 'zod/mini';

/**
 * Raises an event whose field held a word of an old list: the present type, and the present word in its place. A word that
 * stayed is taken as it is.
 */
export const inPresentWords =
  (type: string, field: string, words: Readonly<Record<string, string>>): Raise[string] =>
  ({ data }) => {
    const { [field]: old, ...rest } = z.record(z.string(), z.unknown()).parse(data);
    const word = z.string().parse(old);
    return { type, data: { ...rest, [field]: words[word] ?? word } };
  };
