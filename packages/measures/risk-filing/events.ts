import { attachedFiles } from '@dandang/casework/attachment.ts';
import { subject, unitRef } from '@dandang/casework/matter.ts';
import * as z from 'zod/mini';
import { happened } from '../happened.ts';

/** What is filed, in the filer's words. */
const filed = {
  decision: z.string(),
  uncertainty: z.string(),
  assessment: z.string(),
  safeguards: z.string(),
  collectiveDecision: z.optional(z.object({ body: z.string(), on: z.string() })),
  attachments: attachedFiles,
};
export type Filed = z.infer<z.ZodMiniObject<typeof filed>>;

/** What can happen to a risk filing, beside what can happen to every matter. */
export const riskFilingEvent = z.discriminatedUnion('type', [
  happened('RiskFiled', {
    unit: unitRef,
    official: z.optional(subject),
    /** Whether the official filed it for itself, or the unit. */
    filer: z.enum(['official', 'unit']),
    receiver: unitRef,
    ...filed,
  }),
  happened('FilingAccepted', { validUntil: z.optional(z.string()) }),
  happened('FilingReturned', { reason: z.string() }),
  happened('FilingResubmitted', filed),
  happened('FilingDeclined', { reason: z.string() }),
  happened('VentureSupervised', { finding: z.string() }),
  happened('VentureConcluded', { result: z.string() }),
  happened('FilingRevoked', { reason: z.string() }),
  happened('FilingExpired', {}),
]);
export type RiskFilingEvent = z.infer<typeof riskFilingEvent>;
