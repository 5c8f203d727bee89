import { attachmentEvent } from '@dandang/casework/attachment.ts';
import { chaserIssued } from '@dandang/casework/chaser-sheet.ts';
import { deliveryEvent } from '@dandang/casework/delivery.ts';
import { officialEntered, unitEntered } from '@dandang/casework/directory.ts';
import { commonEvent } from '@dandang/casework/matter.ts';
import { standInSet } from '@dandang/casework/stand-in.ts';
import { dayFinished } from '@dandang/accept/finished-day.ts';
import { calendarImported } from '@dandang/accept/reference.ts';
import { numberReserved } from '@dandang/accept/register.ts';
import { clarificationEvent } from '@dandang/measures/clarification/events.ts';
import { interviewEvent } from '@dandang/measures/interview/events.ts';
import { ladderEvent } from '@dandang/measures/interview/ladder.ts';
import { reminderEvent } from '@dandang/measures/reminder/events.ts';
import { rewardEvent } from '@dandang/measures/reward/events.ts';
import { projectEvent } from '@dandang/measures/reward/project-register.ts';
import { riskFilingEvent } from '@dandang/measures/risk-filing/events.ts';
import { toleranceEvent } from '@dandang/measures/tolerance/events.ts';
import { standingEvent } from '@dandang/measures/tolerance/standing.ts';
import { settingsChanged } from '@dandang/policy/policy.ts';
import * as z from 'zod/mini';
import { directoryImported } from '../../functions/directory/import.ts';

const one = z.object({ shape: z.object({ type: z.object({ def: z.object({ values: z.array(z.string()) }) }) }) });
const several = z.object({ def: z.object({ options: z.array(one) }) });

/** The names of the events that a schema reads: one event, or a union of them. */
export function typesOf(schema: z.core.$ZodType): string[] {
  const union = several.safeParse(schema);
  const events = union.success ? union.data.def.options : [z.parse(one, schema)];
  return events.flatMap(({ shape }) => shape.type.def.values);
}

/** The events that the files of a kind may hold, beside what every matter may hold. */
export const ownEvents: Readonly<Record<string, readonly string[]>> = {
  reminder: typesOf(reminderEvent),
  interview: typesOf(interviewEvent),
  'risk-filing': typesOf(riskFilingEvent),
  tolerance: typesOf(toleranceEvent),
  clarification: typesOf(clarificationEvent),
  reward: typesOf(rewardEvent),
  'reward-project': typesOf(projectEvent),
  delivery: typesOf(deliveryEvent),
  register: typesOf(numberReserved),
  unit: typesOf(unitEntered),
  official: typesOf(officialEntered),
  'directory-import': typesOf(directoryImported),
  settings: typesOf(settingsChanged),
  ladder: typesOf(ladderEvent),
  standing: typesOf(standingEvent),
  'stand-in': typesOf(standInSet),
  calendar: typesOf(calendarImported),
  attachment: typesOf(attachmentEvent),
  chaser: typesOf(chaserIssued),
  schedule: typesOf(dayFinished),
};

/** The events that a matter of any measure may hold. */
export const commonEvents: readonly string[] = typesOf(commonEvent);
