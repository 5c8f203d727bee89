import { attachedFiles } from '@dandang/casework/attachment.ts';
import type { Raise } from '@dandang/casework/event-reader.ts';
import { subject, unitRef } from '@dandang/casework/matter.ts';
import * as z from 'zod/mini';
import { happened } from '../happened.ts';

/** Who is nominated: an official, or a collective 集体 of a unit. Names are as the directory had them then. */
const candidate = z.union([
  z.object({ official: subject }),
  z.object({ collective: z.object({ unit: unitRef, name: z.string() }) }),
]);
export type Candidate = z.infer<typeof candidate>;

/**
 * Which clause a candidate meets and by which facts. A collective goes by its name. Source, by analogy: Ankang's article
 * (安康新闻网，“三项机制”综述) asks it of promotions, “提拔人选……逐人说明适用条款” (“抓关键环节”), and of the filing of
 * appointments 任职备案, “逐人对照审核贯彻落实‘三项机制’的具体条款和事例印证” (“做到三个结合”); of rewards it asks nothing.
 */
const citation = z.object({
  official: z.optional(z.string()),
  collective: z.optional(z.union([z.string(), z.object({ unit: z.string(), name: z.string() })])),
  clause: z.string(),
  facts: z.string(),
});
export type Citation = z.infer<typeof citation>;

const nomination = z.object({
  unit: unitRef,
  /** The project's name. */
  project: z.string(),
  /** The project's id in the register; what was nominated before there was one has none. */
  projectId: z.optional(z.string()),
  kind: z.string(),
  kindName: z.string(),
  /** A kind that is granted above the city's organs: it is recommended, and what came of that is recorded. */
  grantedBy: z.optional(z.literal('above')),
  candidates: z.readonly(z.array(candidate)),
  merits: z.string(),
  frontline: z.boolean(),
  mainDuty: z.boolean(),
  justification: z.optional(z.string()),
  /** The day of the deed. */
  deedOn: z.optional(z.string()),
  citations: z.readonly(z.array(citation)),
  attachments: attachedFiles,
});
export type Nomination = z.infer<typeof nomination>;

export const objectionOutcome = z.enum(['dismissed', 'sustained']);

/** What can happen to a reward, beside what can happen to every matter. */
export const rewardEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('RewardNominated'), data: nomination }),
  happened('RewardAssessed', {
    result: z.enum(['merited', 'not-merited']),
    findings: z.string(),
    evidence: z.string(),
    onJustification: z.optional(z.string()),
  }),
  happened('RewardApproved', { opinion: z.string() }),
  happened('RewardDeclined', { reason: z.string() }),
  happened('RewardPublicised', { workingDays: z.number() }),
  happened('ObjectionRaised', { objection: z.string(), content: z.string(), late: z.boolean() }),
  happened('ObjectionResolved', { objection: z.string(), outcome: objectionOutcome, reason: z.string() }),
  happened('RewardRecommended', { number: z.string() }),
  /** What the body above made of a recommendation: who, on which day, and by which document. */
  happened('GrantRecorded', { granted: z.boolean(), by: z.string(), on: z.string(), reference: z.string() }),
  happened('RewardGranted', { number: z.string(), amount: z.optional(z.string()) }),
  happened('RewardRevoked', { ground: z.string(), groundName: z.string() }),
]);
export type RewardEvent = z.infer<typeof rewardEvent>;

const resolution = z.looseObject({ outcome: z.string() });

/** Until `sustained` 异议成立 an objection that held was `upheld`. */
export const rewardRaise: Raise = {
  ObjectionResolved: (old) => {
    const { data, success } = resolution.safeParse(old.data);
    return success && data.outcome === 'upheld' ? { ...old, data: { ...data, outcome: 'sustained' } } : old;
  },
};
