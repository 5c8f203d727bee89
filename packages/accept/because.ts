import { AsyncLocalStorage } from 'node:async_hooks';

/** Identifiers, as in the log (`log.ts`). */
type Ids = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * What the work at hand was begun by, as identifiers: `request` is the gateway's id of a request, `because` is what was
 * announced (`reminder/a#4` for a commit). Everything that is logged meanwhile says it, however deep it is called;
 * `docs/runbook.md` tells how one request is followed by it.
 */
const begunBy = new AsyncLocalStorage<Ids>();

/** Does something, and has every line that is logged until it is done say these identifiers. */
export const becauseOf = <T>(ids: Ids, work: () => T): T => begunBy.run({ ...begunBy.getStore(), ...ids }, work);

/** What the work at hand was begun by; empty where nobody said. */
export const whatFor = (): Ids => begunBy.getStore() ?? {};
