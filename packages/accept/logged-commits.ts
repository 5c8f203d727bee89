import { unseal } from '@dandang/casework/commit.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import type { Log } from './log.ts';

/**
 * The same store, which says of every commit that it took which one it is: the line joins the request or announcement
 * that it was made because of (`because.ts`) with the file and version by which it is announced, and with `asked`, the
 * request's id in the commit itself. Types and identifiers only.
 */
export function loggedCommits(commits: CommitStore, log: Pick<Log, 'info'>): CommitStore {
  return {
    ...commits,
    append: async (stored) => {
      const outcome = await commits.append(stored);
      if (outcome === 'appended') {
        const { command, request, events } = unseal(stored);
        log.info('commit-accepted', {
          file: stored.matter,
          version: stored.version,
          command,
          events: events.map(({ type }) => type).join(' '),
          asked: request.id,
        });
      }
      return outcome;
    },
  };
}
