import { yearOf } from '@dandang/calendar/civil-date.ts';
import { openNumber } from '@dandang/letters/number.ts';
import { storable } from '@dandang/store/commit-store.ts';
import type { CommandAcceptance } from './context.ts';

/**
 * The same surroundings, in which everything is looked up and nothing is kept: a commit that could be stored counts as
 * stored, and a number stays open. What a command comes to in them is what it would come to now.
 */
export const keepingNothing = <D extends CommandAcceptance>(deps: D): D => ({
  ...deps,
  commits: {
    ...deps.commits,
    append: (commit) => {
      storable(commit);
      return Promise.resolve('appended');
    },
  },
  numbering: ({ series, today }) => openNumber(series, yearOf(today)),
});
