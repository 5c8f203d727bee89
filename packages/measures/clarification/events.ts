import { subject, unitRef } from '@dandang/casework/matter.ts';
import * as z from 'zod/mini';
import { decidersThen } from '../deciders.ts';
import { happened } from '../happened.ts';
import { reviewerNamed } from '../reviewer.ts';

/**
 * How the finding is made known: in writing, in person 当面, at a meeting 会议 or in a bulletin 通报. Source: 《关于做好失实检举控告
 * 澄清工作的意见》 (2020).
 */
export const form = z.enum(['written', 'in-person', 'meeting', 'bulletin']);

/** A draft as it stands after it was opened or revised; names are as the directory had them then. */
const draft = {
  official: subject,
  unit: unitRef,
  organ: unitRef,
  /** `reference` is the organ's own and never leaves it. */
  report: z.object({ reference: z.string(), allegation: z.string() }),
  finding: z.string(),
  form,
  copies: z.readonly(z.array(unitRef)),
  /** Who could decide on it when it was drafted. */
  deciders: z.optional(decidersThen),
};
export type ClarificationDraft = z.infer<z.ZodMiniObject<typeof draft>>;

/** What can happen to a clarification, beside what can happen to every matter. */
export const clarificationEvent = z.discriminatedUnion('type', [
  happened('ClarificationDrafted', draft),
  happened('ClarificationRevised', draft),
  reviewerNamed,
  happened('ClarificationReturned', { reason: z.string() }),
  happened('ClarificationApproved', { opinion: z.string() }),
  happened('ClarificationIssued', {}),
  happened('ClarificationRescinded', { reason: z.string() }),
]);
export type ClarificationEvent = z.infer<typeof clarificationEvent>;
