import type { Caller } from '@dandang/access/caller.ts';
import type { Matter } from '@dandang/casework/matter.ts';
import type { Measure } from '@dandang/casework/measure.ts';
import type { Log } from '@dandang/accept/log.ts';

/**
 * Leaves a line in the log where somebody reads a confidential matter or takes one of its papers along: who, which file,
 * and what of it. Ids only; the log's own clock says when. `docs/runbook.md` shows how to ask for the readers of a file.
 */
export function logRead(
  log: Log,
  {
    measure,
    matter,
  }: { readonly measure: Pick<Measure, 'confidential'>; readonly matter: Pick<Matter, 'kind' | 'id'> },
  caller: Caller,
  what: string,
): void {
  if (!measure.confidential) return;
  const behind = caller.onBehalfOf === undefined ? {} : { onBehalfOf: caller.onBehalfOf.id };
  log.info('file-read', { file: `${matter.kind}/${matter.id}`, what, by: caller.id, ...behind });
}
