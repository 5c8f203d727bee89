import { type Instant, isInstant } from '@dandang/calendar/civil-date.ts';
import { policyIds } from '@dandang/policy/published.ts';

/** What `npm start` is told by the environment (README, Settings of `npm start`). */
export interface StartSettings {
  readonly port: number;
  readonly folder: string;
  readonly startAt?: Instant;
  readonly policyId: string;
  readonly demonstration: boolean;
}

const known = ['DANDANG_DATA', 'DANDANG_NOW', 'DANDANG_POLICY', 'DANDANG_DEMO'];

/** Reads the settings, or says what is wrong with each: one sentence a fault, all at once. */
export function startSettings(env: Readonly<Record<string, string | undefined>>): StartSettings | { faults: string[] } {
  const { PORT = '3000', DANDANG_DATA = '.dandang', DANDANG_NOW, DANDANG_POLICY = 'yichang', DANDANG_DEMO } = env;
  const faults: string[] = [];
  const port = /^\d{1,5}$/.test(PORT) ? Number(PORT) : -1;
  if (port < 0 || port > 65_535) faults.push(`PORT is ${PORT}: set it to a number from 0 (any free port) to 65535.`);
  if (DANDANG_DATA === '') faults.push('DANDANG_DATA is empty: name the folder where everything is kept.');
  if (DANDANG_NOW !== undefined && !isInstant(DANDANG_NOW))
    faults.push(`DANDANG_NOW is ${DANDANG_NOW}: set it to an instant such as 2026-09-21T09:00:00+08:00.`);
  if (!policyIds.includes(DANDANG_POLICY))
    faults.push(`No policy is called ${DANDANG_POLICY}: set DANDANG_POLICY to one of ${policyIds.join(', ')}.`);
  if (DANDANG_DEMO !== undefined && DANDANG_DEMO !== 'off')
    faults.push(`DANDANG_DEMO is ${DANDANG_DEMO}: set it to off, or not at all.`);
  for (const name of Object.keys(env))
    if (name.startsWith('DANDANG_') && !known.includes(name))
      faults.push(`${name} is no setting of this service: the ones that are there are ${known.join(', ')}.`);
  if (faults.length > 0) return { faults };
  return {
    port,
    folder: DANDANG_DATA,
    ...(DANDANG_NOW === undefined ? {} : { startAt: DANDANG_NOW }),
    policyId: DANDANG_POLICY,
    demonstration: DANDANG_DEMO !== 'off',
  };
}
