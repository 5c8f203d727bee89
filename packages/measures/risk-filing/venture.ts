import { theUnit } from '@dandang/access/party.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import { ended } from '@dandang/casework/deadline-events.ts';
import { freeText } from '@dandang/casework/input.ts';
import * as z from 'zod/mini';
import { revoked } from './letters.ts';
import { command, discipline, filerOf, numbersFor, partiesOf, theFiler } from './parties.ts';
import type { RiskFiling } from './risk-filing-matter.ts';

/* What was put on file is watched while it lasts, concluded by whoever filed it, or revoked 撤销备案. */

/** Past its last day nothing can be done any more but to revoke it, also before the clock has put that on file. */
const holds = ({ details }: RiskFiling, today: CivilDate): boolean => today <= (details.validUntil ?? today);

export const ventureCommands = {
  supervise: command(['active'], {
    title: '记录监督情况',
    by: [discipline, theUnit],
    input: z.strictObject({ finding: freeText }),
    available: holds,
    decide: (_matter, { finding }) => [{ type: 'VentureSupervised', data: { finding } }],
  }),
  conclude: command(['active'], {
    title: '报告办理结果',
    by: [theFiler],
    byNow: filerOf,
    input: z.strictObject({ result: freeText }),
    available: holds,
    decide: (matter, { result }) => [{ type: 'VentureConcluded', data: { result } }, ...ended(matter)],
  }),
  // Whoever hid behind it has gained nothing by its having come to its end (Yichang: 以备案为“挡箭牌”乱作为的，将予以撤销备案).
  revoke: command(['active', 'concluded', 'expired'], {
    title: '撤销备案',
    by: [discipline],
    input: z.strictObject({ reason: freeText }),
    needs: (matter) => ({ ...partiesOf(matter), unitOfActor: true }),
    numbers: numbersFor('filing-revoked'),
    letters: (matter, { reason }, context) => [revoked(matter, reason, context)],
    decide: (matter, { reason }, _context, issued) => [
      { type: 'FilingRevoked', data: { reason } },
      ...ended(matter),
      ...issued,
    ],
  }),
};
