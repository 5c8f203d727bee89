import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { matters, people, rules } from '../constructs/kinds-read.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** 附件: announcing and fetching files; and noting which matters use them. The bytes go past it, to the bucket. */
export function attachments(scope: Construct, around: Surroundings): HouseFunction {
  const using = [...matters, 'delivery'];
  const made = new HouseFunction(
    scope,
    {
      name: 'attachments',
      alarmImpact: 'Files cannot be attached or opened; what needs none goes on.',
      deadLettersImpact: 'A file that a matter uses can be opened by its uploader only.',
      access: { putsCommits: ['attachment'], views: 'reads' },
      entries: {
        http: { readsCommits: [...using, 'attachment', ...people, ...rules], attachments: 'keeps' },
        bus: { readsCommits: [...using, 'attachment'] },
      },
      memory: 1024,
    },
    around,
  );
  made.hears(using.map((of) => ({ types: ['CommitAccepted'], of })));
  return made;
}
