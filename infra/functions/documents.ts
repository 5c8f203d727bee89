import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { asked, matters, people, rules } from '../constructs/kinds-read.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** 文书 as files to print and pages to read. It renders, so it has more memory, and with it more CPU. */
export function documents(scope: Construct, around: Surroundings): HouseFunction {
  return new HouseFunction(
    scope,
    {
      name: 'documents',
      alarmImpact: 'Letters cannot be opened or printed; nothing else is affected.',
      access: { readsCommits: [...new Set([...matters, ...asked, 'chaser', ...people, ...rules])], views: 'reads' },
      entries: { http: {} },
      memory: 1024,
    },
    around,
  );
}
