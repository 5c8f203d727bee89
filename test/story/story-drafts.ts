import type { Caller } from '@dandang/access/caller.ts';
import { type Commit, firstPreviousHash } from '@dandang/casework/commit.ts';
import type { Acceptance } from '@dandang/accept/context.ts';
import { type Drafts, draftsFor } from '../../functions/documents/drafts.ts';
import type { Story } from './story.ts';

const never = (): never => {
  throw new Error('whoever drafts a letter keeps nothing');
};

/** What drafting looks up, as a story's world has it; whatever would be kept throws. */
function around(story: Story): Acceptance {
  const { world, now } = story;
  const fileOf = (key: string): readonly Commit[] => {
    const [kind = '', id = ''] = key.split('/');
    const file = story.context(nobody, now, { units: [], officials: [], files: [{ kind, id }] }).file;
    return file({ kind, id });
  };
  return {
    commits: {
      read: never,
      parsed: (key) => Promise.resolve({ commits: fileOf(key), hash: firstPreviousHash }),
      readNewest: never,
      append: never,
      keysOn: never,
    },
    views: { list: () => Promise.resolve({ rows: [] }) },
    reference: {
      policyInForce: () => Promise.resolve(world.policy),
      policyOf: () => Promise.resolve(world.policy),
      calendar: () => Promise.resolve(world.calendar),
      directory: (needs) => Promise.resolve(story.context(nobody, now, needs).directory),
    },
    now: () => now,
    freshId: never,
  };
}
const nobody: Caller = { id: '', name: '', unit: '', roles: [] };

/** The drafts that somebody reads of a story's matter as it stands; none where it may not know of it. */
export const draftsOf = async (story: Story, by: Caller): Promise<Drafts> =>
  story.open.sees(by) === undefined ? { drafts: [], warnings: [] } : draftsFor(around(story), story.open, [by]);
