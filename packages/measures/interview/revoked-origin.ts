import type { Hearing } from '@dandang/casework/hearing.ts';
import { nothingNeeded } from '@dandang/casework/command.ts';
import { freeText } from '@dandang/casework/input.ts';
import type { Warning } from '@dandang/casework/warning.ts';
import * as z from 'zod/mini';
import { reminderOnFile } from '../reminder/reminder-file.ts';
import { cancelledNotice } from './calling-letters.ts';
import { decisionEnded } from '../dispute.ts';
import { annulled } from './dispute.ts';
import type { InterviewEvent } from './events.ts';
import { heldStates, type Interview, type InterviewState, isNotified } from './interview-matter.ts';
import { annulledNotice } from './outcome-letters.ts';
import { callingParties, command, principal, toldOf } from './parties.ts';

/*
 * The reminder that an interview came from was revoked: the interview does not fall by itself, and it does not go on
 * unseen. Whoever consented to it says which.
 */

const running: readonly InterviewState[] = ['applied', 'approved', 'planned', 'notified', ...heldStates];

/** It waits for the principal leader's word. */
const waits = ({ state, details: { originRevoked } }: Interview): boolean =>
  originRevoked !== undefined && originRevoked.considered === undefined && running.includes(state);

export const originRevoked: Hearing<Interview, InterviewEvent> = {
  of: 'reminder',
  events: ['ReminderRescinded'],
  which: (file) => {
    const reminder = reminderOnFile(file);
    const interview = reminder?.state === 'rescinded' ? reminder.details.interview?.id : undefined;
    return interview === undefined ? [] : [interview];
  },
  data: (_file, reminder) => reminder,
  needs: () => nothingNeeded,
  decide: ({ state, details }, reminder) => {
    const { origin } = details;
    if (origin?.kind !== 'reminder' || origin.id !== reminder) return [];
    if (details.originRevoked !== undefined || !running.includes(state)) return [];
    return [{ type: 'OriginRevoked', data: origin }];
  },
};

/** Whoever sees the file sees that what it came from is gone, whatever was decided since. */
export const originWarnings = ({ details: { originRevoked: revoked } }: Interview): Warning[] =>
  revoked === undefined ? [] : [{ code: 'origin-revoked', matter: revoked.matter }];

export const originCommands = {
  'decide-origin': command([...running], {
    title: '起因撤销后的处理',
    by: [principal],
    input: z.strictObject({ outcome: z.enum(['maintained', 'revoked']), reason: freeText }),
    available: waits,
    awaited: waits,
    needs: (matter) => {
      const { details } = matter;
      const told = toldOf(matter);
      if (!isNotified(details)) return told;
      const calling = callingParties({ ...matter, details });
      return { units: [...told.units, ...calling.units], officials: [...told.officials, ...calling.officials] };
    },
    letters: (matter, { outcome, reason }, context) => {
      const { details } = matter;
      if (outcome === 'maintained' || !isNotified(details)) return [];
      return details.held === undefined
        ? [cancelledNotice({ ...matter, details }, { reason }, context)]
        : [annulledNotice(matter, reason, context)];
    },
    decide: (matter, { outcome, reason }, _context, issued) => {
      if (outcome === 'maintained') return [{ type: 'OriginConsidered', data: { reason } }];
      const { details } = matter;
      if (!isNotified(details)) return [{ type: 'InterviewRejected', data: { reason } }];
      return details.held === undefined
        ? [{ type: 'InterviewCancelled', data: { reason } }, ...issued]
        : [...annulled(matter, reason, issued), ...decisionEnded(matter)];
    },
  }),
};
