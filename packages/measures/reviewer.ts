import type { Matter } from '@dandang/casework/matter.ts';
import { standingAside } from '@dandang/casework/todos.ts';
import * as z from 'zod/mini';
import { happened } from './happened.ts';

/* Who decides where a rule keeps everybody from it who would: what is the same for disputes and for tolerance. */

/** The administrator named the unit that decides, since nobody was left who could. */
export const reviewerNamed = happened('ReviewerNamed', { unit: z.string() });

/** The persons who may not decide: those who took part, who stand aside, and whom the matter is about. */
export const barredFrom = (
  matter: Pick<Matter, 'subjects' | 'recused'>,
  tookPart: readonly string[],
): ReadonlySet<string> => new Set([...tookPart, ...standingAside(matter), ...matter.subjects.map(({ id }) => id)]);
