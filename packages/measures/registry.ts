import type { Measure } from '@dandang/casework/measure.ts';
import { clarification } from './clarification/clarification.ts';
import { interview } from './interview/interview.ts';
import { tolerance } from './tolerance/tolerance.ts';
import { reminder } from './reminder/reminder.ts';
import { reward } from './reward/reward.ts';
import { riskFiling } from './risk-filing/risk-filing.ts';

/** Every measure that is built. A measure that is added here is projected, dispatched, documented and swept. */
export const measures: readonly Measure[] = [reminder, interview, riskFiling, tolerance, clarification, reward];

export const measureOfKind = (kind: string): Measure | undefined => measures.find((measure) => measure.kind === kind);
