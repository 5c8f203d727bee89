import { measures } from '@dandang/measures/registry.ts';
import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** 附件: announcing and fetching files; and noting which matters use them. The bytes go past it, to the bucket. */
export function attachments(scope: Construct, around: Surroundings): HouseFunction {
  const made = new HouseFunction(
    scope,
    {
      name: 'attachments',
      alarmImpact: 'Files cannot be attached or opened; what needs none goes on.',
      deadLettersImpact: 'A file that a matter uses can be opened by its uploader only.',
      access: { readsCommits: 'files', putsCommits: ['attachment'], views: 'reads' },
      entries: { http: { attachments: 'keeps' }, bus: {} },
      memory: 1024,
    },
    around,
  );
  const using = [...measures.map(({ kind }) => kind), 'delivery'];
  made.hears(using.map((of) => ({ types: ['CommitAccepted'], of })));
  return made;
}
