import type { Measure } from '@dandang/casework/measure.ts';
import { interview } from './interview/interview.ts';
import { reminder } from './reminder/reminder.ts';

/** Every measure that is built. A measure that is added here is projected, dispatched, documented and swept. */
export const measures: readonly Measure[] = [reminder, interview];

export const measureOfKind = (kind: string): Measure | undefined => measures.find((measure) => measure.kind === kind);
