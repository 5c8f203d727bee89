import { createHash } from 'node:crypto';

/**
 * The tag of what somebody was shown: of the whole answer, since much of it changes without a person doing anything to the
 * thing itself (lights, deliveries, what the caller may do). Where the thing has a version, the tag begins with it:
 * `"7.3kX0…"`, so that it can be sent back as `If-Match`, which looks at the version alone.
 */
export function entityTag(body: string, version: string | undefined): string {
  const mark = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  const before = /^"(\d{1,9})"$/.exec(version ?? '')?.[1];
  return before === undefined ? `"${mark}"` : `"${before}.${mark}"`;
}

const bare = (tag: string): string => tag.trim().replace(/^W\//, '');

/** Whether somebody has been shown this already, from `If-None-Match` (RFC 9110, 13.1.2: compared weakly). */
export const hasSeen = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch !== undefined && ifNoneMatch.split(',').some((one) => bare(one) === '*' || bare(one) === bare(tag));
