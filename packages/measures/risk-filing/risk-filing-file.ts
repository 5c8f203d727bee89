import { chinaDate, type CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { ownPart } from '../own-part.ts';
import { riskFilingEvent } from './events.ts';
import { evolveRiskFiling } from './evolve.ts';

/** A filing as those know it who refer to it. */
interface FilingThen {
  readonly state: string;
  readonly unit: string;
  readonly filedOn: CivilDate;
}

const read = { event: riskFilingEvent, evolve: evolveRiskFiling, withdrawn: 'withdrawn' } as const;

/** Whether a filing was revoked 撤销备案. */
export const isRevoked = (file: readonly Commit[]): boolean => ownPart(file, read)?.state === 'revoked';

/**
 * How a filing stood at the end of a day, read from its file without the measure itself: by what was on file then, and
 * past its last day as expired, whether or not the clock has said so. Undefined where nothing was on file yet.
 */
export function filingOn(file: readonly Commit[], on: CivilDate): FilingThen | undefined {
  const body = ownPart(
    file.filter(({ at }) => chinaDate(at) <= on),
    read,
  );
  const [first] = file;
  if (body === undefined || first === undefined) return undefined;
  const { state, unit, details } = body;
  const over = state === 'active' && (details.validUntil ?? on) < on;
  return { state: over ? 'expired' : state, unit: unit.id, filedOn: chinaDate(first.at) };
}
