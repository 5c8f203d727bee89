import type { Refusal } from '@dandang/casework/refusal.ts';
import { foundBehind, type Lists, mostRead, type Page, pageAsked, passedOver } from './list-page.ts';
import { bytewise, writePlace } from './place.ts';

export interface SortQuestion<T, R> extends Lists<T> {
  readonly query: URLSearchParams;
  readonly show: (row: T, at: string) => R | typeof passedOver | undefined;
  /** By what the page is ordered. */
  readonly by: (shown: R) => string;
  /** The highest first. */
  readonly highestFirst: boolean;
  readonly counting?: boolean;
}

/**
 * One page of what has no list in that order, since keeping one would cost a write in it with every commit: the first rows of
 * the lists are read, put in order and shown from where the page before ended. `incomplete` where there are more rows than
 * are read for a page.
 */
export async function sortedPage<T, R>(
  question: SortQuestion<T, R>,
): Promise<(Page<R> & { readonly incomplete?: true }) | Refusal> {
  const asked = pageAsked(question.query, 2);
  if ('refused' in asked) return asked;
  const { limit, behind } = asked;
  const { show, by, highestFirst, counting } = question;
  const all: { readonly shown: R; readonly place: readonly [string, string] }[] = [];
  let read = 0;
  let incomplete = false;
  for await (const { at, data } of foundBehind(question, undefined, mostRead)) {
    if (read === mostRead) {
      incomplete = true;
      break;
    }
    read += 1;
    const shown = data === undefined ? undefined : show(data, at);
    if (shown !== undefined && shown !== passedOver) all.push({ shown, place: [by(shown), at] });
  }
  const order = ([a, aAt]: readonly string[], [b, bAt]: readonly string[]): number => {
    const rising = bytewise(a ?? '', b ?? '') || bytewise(aAt ?? '', bAt ?? '');
    return highestFirst ? -rising : rising;
  };
  const ahead = all
    .filter(({ place }) => behind === undefined || order(place, behind) > 0)
    .sort((a, b) => order(a.place, b.place));
  const page = ahead.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ shown }) => shown),
    ...(ahead.length > limit && last !== undefined ? { next: writePlace(last.place) } : {}),
    ...(counting === true && behind === undefined ? { total: { count: all.length, more: incomplete } } : {}),
    ...(incomplete ? { incomplete: true as const } : {}),
  };
}
