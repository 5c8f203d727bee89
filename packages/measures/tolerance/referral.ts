import { theOrgan } from '@dandang/access/party.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import { lightOn } from '@dandang/casework/deadline.ts';
import { freeText } from '@dandang/casework/input.ts';
import { findDeadline } from '@dandang/casework/matter.ts';
import * as z from 'zod/mini';
import { nameOf } from './deciding.ts';
import { referredTo } from './events.ts';
import { command } from './parties.ts';
import type { Correction, Tolerance } from './tolerance-matter.ts';

/*
 * What was tolerated and not mended, or tolerated in error, is handed to whoever holds to account (Yichang, “对纠错工作有哪些规定”:
 * 整改不到位、虚假整改的追究责任; 借容错之名……追究责任). It is on file; what is done about it is not of this matter.
 */

const overdue = (matter: Tolerance, correction: Correction, today: CivilDate): boolean => {
  const deadline = findDeadline(matter, nameOf(correction));
  return deadline !== undefined && lightOn(deadline, today) === 'red';
};

/** A correction that is due is overdue or came back; or one was struck off and found to be sham; or nothing stands. */
function unmended(matter: Tolerance, today: CivilDate): boolean {
  const { corrections, reopened } = matter.details;
  if (matter.state !== 'correcting') return matter.state === 'rescinded' || reopened.length > 0;
  return corrections.some(
    (one) => one.state !== 'accepted' && (one.returned !== undefined || overdue(matter, one, today)),
  );
}

export const referralCommands = {
  refer: command(['correcting', 'closed', 'rescinded'], {
    title: '移送追究责任',
    by: [theOrgan],
    input: z.strictObject({ to: referredTo, reason: freeText }),
    available: unmended,
    decide: (_matter, referral) => [{ type: 'ToleranceReferred', data: referral }],
  }),
};
