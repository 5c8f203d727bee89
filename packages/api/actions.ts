import type { Caller } from '@dandang/access/caller.ts';
import { refusedHat, type Tried, underHats } from '@dandang/accept/hats.ts';
import type { Known } from '@dandang/casework/command.ts';
import type { OpenMatter } from '@dandang/casework/measure.ts';
import { commonRefusals, isRefusal, type Refusal, type RefusalTable, refuse } from '@dandang/casework/refusal.ts';
import type { Language } from './in-language.ts';

/** Why something that role and state permit cannot be done now. */
interface Barrier extends Pick<Refusal, 'detail' | 'setting'> {
  readonly code: string;
  readonly title: string;
}

/** What a caller is offered. `forSignature`: by `?for=signature` alone, since a head of its unit has to sign. */
export interface Action {
  readonly name: string;
  readonly forSignature?: true;
  readonly blocked?: Barrier;
}

const done = { zh: '已经办理，无须再办', en: 'It is on file already' };
const common: RefusalTable = commonRefusals;

function barrierOf({ measure }: OpenMatter, refusal: Refusal, language: Language): Barrier {
  const { refused: code, detail, setting } = refusal;
  const title = (measure.refusals[code] ?? common[code])?.[language] ?? code;
  return {
    code,
    title,
    ...(detail === undefined ? {} : { detail }),
    ...(setting === undefined ? {} : { setting }),
  };
}

/** Whom a refusal tells that it is not theirs: they are offered nothing. */
const notTheirs: ReadonlySet<string> = new Set(['not-yours', 'not-found', 'not-now']);

/**
 * What a caller is offered under its hats, in the measure's order: what role and state permit, with the reason where a rule
 * that asks for nothing more would refuse it. The hats are tried as a command tries them (`underHats`).
 */
export async function actionsFor(
  open: OpenMatter,
  hats: readonly Caller[],
  known: Omit<Known, 'by'>,
  language: Language,
): Promise<Action[]> {
  const seeing = hats.filter((hat) => open.sees(hat) !== undefined);
  const [own, ...others] = seeing.toSorted(
    (a, b) => Number(a.onBehalfOf !== undefined) - Number(b.onBehalfOf !== undefined),
  );
  if (own === undefined) return [];
  const offered = new Map(seeing.map((hat) => [hat, new Set(open.offered(hat, known.today))]));
  const attempt = (name: string, by: Caller): Tried<Caller> => {
    if (offered.get(by)?.has(name) !== true) return refusedHat(refuse('not-yours'));
    const barred = open.barred(name, by);
    if (barred !== undefined) return refusedHat(barred, true);
    const blocked = open.blocked(name, { ...known, by });
    if (blocked === 'on-file') return { nothing: true };
    return blocked === undefined ? { done: by } : refusedHat(blocked);
  };
  const actions: Action[] = [];
  for (const { name } of open.measure.commandSheets) {
    const found = await underHats({ own, others: () => Promise.resolve(others) }, (hat) => attempt(name, hat));
    if (found === undefined) actions.push({ name, blocked: { code: 'nothing-changed', title: done[language] } });
    else if (!isRefusal(found)) {
      const forSignature = open.toBeSigned(name, { ...known, by: found.done });
      actions.push({ name, ...(forSignature ? { forSignature: true } : {}) });
    } else if (!notTheirs.has(found.refused)) actions.push({ name, blocked: barrierOf(open, found, language) });
  }
  return actions;
}
