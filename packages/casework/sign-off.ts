import { personsBehind } from '@dandang/access/caller.ts';
import { headsOf, theAssistants, theSubject, theUnit, theUnitsHeads } from '@dandang/access/party.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';
import { attached, namedIn, withAttachments } from './attachment.ts';
import { type Command, type Context, type Needs, nothingNeeded, type Prepared } from './command.ts';
import type { Actor, StoredEvent } from './commit.ts';
import { freeText, idText, parseInput } from './input.ts';
import type { Matter } from './matter.ts';
import { draftOf, type UnitsDraft } from './unit-parts.ts';
import { isRefusal, malformedAt, refuse } from './refusal.ts';

/*
 * Sign-off 审签: what a unit owes is examined by one of its heads before it leaves the unit. Its liaison puts it forward, a
 * head who did not write it signs it or sends it back. Nobody outside the unit knows of it before, and the clock runs on.
 * Where several units owe their own 协办 each has its own draft, signed by its own heads.
 */

/** Of `?for=signature` where nothing is signed. */
export const notSigned = malformedAt('for', '此操作不需要审签', 'This command is not signed off');

type Commands<S extends string, D, E> = Readonly<Record<string, Command<S, D, E>>>;

/** Whether the policy's setting asks the unit that somebody acts for for the signature of a head. */
function signOffRequired({ by, policy }: Pick<Context, 'by' | 'policy'>): boolean {
  const setting = policy.settings['unit.signOff'].value;
  return (setting?.units?.[by.unit] ?? setting?.all) === 'required';
}

/** Whether somebody acts for a unit that has a part in the matter, and not for itself alone. */
const actsForUnit = (matter: Matter, { by }: Pick<Context, 'by'>): boolean =>
  (theUnit.includes(by, matter) || theAssistants.includes(by, matter)) && !theSubject.includes(by, matter);

/** Whether what somebody does for a unit needs the signature of a head there, and has none. */
export const isUnsigned = (matter: Matter, known: Pick<Context, 'by' | 'policy'>): boolean =>
  signOffRequired(known) && actsForUnit(matter, known) && known.by.signedBy === undefined;

/**
 * The same command, refused with `signature-needed` where the unit signs off and nobody has signed: neither a head here nor
 * the unit's own system.
 */
export const withSignature = <E>(matter: Matter, prepared: Prepared<E>): Prepared<E> => ({
  ...prepared,
  decide: (context) => (isUnsigned(matter, context) ? refuse('signature-needed') : prepared.decide(context)),
});

/** The command put forward to be signed: refused where it would be refused itself, and nothing but the unit's own draft. */
export const putForward = <E extends StoredEvent>(
  matter: Matter,
  { command, input, prepared }: { readonly command: string; readonly input: unknown; readonly prepared: Prepared<E> },
): Prepared<E> => ({
  needs: prepared.needs,
  numbers: () => [],
  letters: () => [],
  decide: (context) => {
    if (!actsForUnit(matter, context) || !signOffRequired(context)) return notSigned;
    const events = prepared.decide(context);
    if (isRefusal(events)) return events;
    const files = attached(namedIn(events), context, context.by);
    if (isRefusal(files)) return files;
    return [{ type: 'PutForward', data: { command, input, ...withAttachments(files) } }];
  },
});

/** The persons who wrote what waits for a signature: none of them signs here, for whichever unit. */
const writers = ({ unitsDrafts }: Pick<Matter, 'unitsDrafts'>): readonly string[] =>
  unitsDrafts.flatMap(({ by }) => personsBehind(callerOf(by)));

/** Whoever wrote a draft, as the one who does what is signed. Its roles are those it had then. */
const callerOf = ({ id, name, unit, onBehalfOf }: Actor) => ({
  id,
  name,
  unit,
  roles: ['unit'] as const,
  ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
});

/** Everything that several commands need. */
const allOf = (needs: readonly Needs[]): Needs => ({
  ...needs.reduce((all, one) => ({ ...all, ...one }), nothingNeeded),
  units: needs.flatMap(({ units }) => units),
  officials: needs.flatMap(({ officials }) => officials),
  files: needs.flatMap(({ files = [] }) => files),
  holdersOf: needs.flatMap(({ holdersOf = [] }) => holdersOf),
  bookingsOn: needs.flatMap(({ bookingsOn = [] }) => bookingsOn),
  unitsUnder: (policy) => needs.flatMap(({ unitsUnder }) => unitsUnder?.(policy) ?? []),
  filesBehind: (file) => needs.flatMap(({ filesBehind }) => filesBehind?.(file) ?? []),
});

const idle = { numbers: () => [], letters: () => [] } as const;

export type SigningCommand = 'sign-own' | 'send-back';

/** The commands of the heads of a unit, for a measure by which units owe something; none for others. */
export function signingCommands<S extends string, D, E extends StoredEvent>(
  commands: Commands<S, D, E>,
): Readonly<Partial<Record<SigningCommand, Command<S, D, E>>>> {
  const signed = Object.values(commands).filter((one) => one.signed);
  if (signed.length === 0) return {};
  const drafted = (draft: UnitsDraft | undefined): Command<S, D, E> | undefined =>
    draft !== undefined && Object.hasOwn(commands, draft.command) ? commands[draft.command] : undefined;
  const waiting = (matter: Matter<S, D>): readonly UnitsDraft[] =>
    matter.unitsDrafts.filter((draft) => drafted(draft)?.from.includes(matter.state) ?? false);
  const waits = (matter: Matter<S, D>): boolean => waiting(matter).length > 0;
  const common = {
    from: [...new Set(signed.flatMap(({ from }) => from))],
    by: [theUnitsHeads],
    byNow: () => [theUnitsHeads],
    // Nobody hears that another unit has a draft.
    turn: (matter: Matter<S, D>, { unit }: { readonly unit: string }) =>
      waiting(matter).some((draft) => draft.by.unit === unit),
    awaitedBy: (matter: Matter<S, D>) => [headsOf(waiting(matter).map(({ by }) => by.unit))],
    signed: false,
  };
  const signature = z.strictObject({ opinion: z.optional(freeText), scan: z.optional(idText) });
  const sendingBack = z.strictObject({ reason: freeText });
  return {
    'sign-own': {
      ...common,
      title: '审签',
      input: signature,
      available: (matter, today) => waiting(matter).some((draft) => drafted(draft)?.available(matter, today) ?? false),
      // What the draft would do may be done meanwhile, by whom it concerns itself.
      awaited: (matter) =>
        waiting(matter).some((draft) => drafted(draft)?.available(matter, chinaDate(matter.changedAt)) ?? false),
      notFor: (matter) => ({ rule: 'own-approval', persons: writers(matter) }),
      blocked: (matter, known) => {
        const draft = waiting(matter).find(({ by }) => by.unit === known.by.unit);
        return draft === undefined ? undefined : drafted(draft)?.blocked(matter, { ...known, by: callerOf(draft.by) });
      },
      prepare: (matter, body) => {
        const parsed = parseInput(signature, body);
        if (!parsed.ok) return parsed;
        const { opinion, scan } = parsed.value;
        // Whose it is, is known with who signs: until then what any of them needs is looked up.
        const drafts = waiting(matter).map((draft) => ({
          draft,
          asWritten: (context: Context): Context => ({ ...context, by: callerOf(draft.by) }),
          inner: drafted(draft)?.prepare(matter, draft.input),
        }));
        const needed = drafts.flatMap(({ inner }) => (inner?.ok === true ? [inner.value.needs] : []));
        const mine = ({ by }: Context) => {
          const found = drafts.find(({ draft }) => draft.by.unit === by.unit);
          return found?.inner === undefined ? undefined : { ...found, inner: found.inner };
        };
        const scans = scan === undefined ? [] : [scan];
        const value: Prepared<E> = {
          needs: { ...allOf(needed), attachments: [...needed.flatMap((one) => one.attachments ?? []), ...scans] },
          numbers: (context) => {
            const own = mine(context);
            return own?.inner.ok === true ? own.inner.value.numbers(own.asWritten(context)) : [];
          },
          letters: (context) => {
            const own = mine(context);
            return own?.inner.ok === true ? own.inner.value.letters(own.asWritten(context)) : [];
          },
          decide: (context) => {
            const own = mine(context);
            if (own === undefined) return refuse('not-now', { state: matter.state, allowed: [] });
            if (!own.inner.ok) return own.inner.refusal;
            const unitsDraft = own.draft;
            const events = own.inner.value.decide(own.asWritten(context));
            if (isRefusal(events)) return events;
            const files = attached(scans, context, context.by);
            if (isRefusal(files)) return files;
            const { id, name } = unitsDraft.by;
            const said = { ...(opinion === undefined ? {} : { opinion }), ...withAttachments(files) };
            const data = { command: unitsDraft.command, writtenBy: { id, name }, ...said };
            return [...events, { type: 'Signed', data }];
          },
        };
        return { ok: true, value };
      },
    },
    'send-back': {
      ...common,
      title: '退回拟稿人',
      input: sendingBack,
      available: waits,
      awaited: () => false,
      notFor: () => ({ rule: 'not-yours', persons: [] }),
      blocked: () => undefined,
      prepare: (matter, body) => {
        const parsed = parseInput(sendingBack, body);
        if (!parsed.ok) return parsed;
        const decide: Prepared<E>['decide'] = ({ by }) => [
          { type: 'SentBack', data: { command: draftOf(matter, by.unit)?.command ?? '', ...parsed.value } },
        ];
        return { ok: true, value: { ...idle, needs: { units: [], officials: [] }, decide } };
      },
    },
  };
}
