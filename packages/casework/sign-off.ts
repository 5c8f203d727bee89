import { personsBehind } from '@dandang/access/caller.ts';
import { theSubject, theUnit, theUnitsHeads } from '@dandang/access/party.ts';
import { chinaDate } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';
import { attached, namedIn, withAttachments } from './attachment.ts';
import type { Command, Context, Prepared } from './command.ts';
import type { Actor, StoredEvent } from './commit.ts';
import { freeText, idText, parseInput } from './input.ts';
import type { Matter } from './matter.ts';
import { isRefusal, malformedAt, type Refusal, refuse } from './refusal.ts';

/*
 * Sign-off 审签: what a unit owes is examined by one of its heads before it leaves the unit. Its liaison puts it forward, a
 * head who did not write it signs it or sends it back. Nobody outside the unit knows of it before, and the clock runs on.
 */

/** Of `?for=signature` where nothing is signed. */
export const notSigned = malformedAt('for', '此操作不需要审签', 'This command is not signed off');

type Commands<S extends string, D, E> = Readonly<Record<string, Command<S, D, E>>>;

/** Whether the policy's setting asks the unit of a matter for the signature of a head. */
export function signOffRequired({ unit }: Pick<Matter, 'unit'>, { policy }: Pick<Context, 'policy'>): boolean {
  const setting = policy.settings['unit.signOff'].value;
  return (setting?.units?.[unit.id] ?? setting?.all) === 'required';
}

/** Whether somebody acts for the unit and not for itself alone. */
const actsForUnit = (matter: Matter, { by }: Pick<Context, 'by'>): boolean =>
  theUnit.includes(by, matter) && !theSubject.includes(by, matter);

/**
 * The same command, refused with `signature-needed` where the unit signs off and nobody has signed: neither a head here nor
 * the unit's own system.
 */
export const withSignature = <E>(matter: Matter, prepared: Prepared<E>): Prepared<E> => {
  const unsigned = (context: Context): Refusal | undefined =>
    signOffRequired(matter, context) && actsForUnit(matter, context) && context.by.signedBy === undefined
      ? refuse('signature-needed')
      : undefined;
  return { ...prepared, decide: (context) => unsigned(context) ?? prepared.decide(context) };
};

/** The command put forward to be signed: refused where it would be refused itself, and nothing but the unit's own draft. */
export const putForward = <E extends StoredEvent>(
  matter: Matter,
  { command, input, prepared }: { readonly command: string; readonly input: unknown; readonly prepared: Prepared<E> },
): Prepared<E> => ({
  needs: prepared.needs,
  numbers: () => [],
  letters: () => [],
  decide: (context) => {
    if (!actsForUnit(matter, context) || !signOffRequired(matter, context)) return notSigned;
    const events = prepared.decide(context);
    if (isRefusal(events)) return events;
    const files = attached(namedIn(events), context, context.by);
    if (isRefusal(files)) return files;
    return [{ type: 'PutForward', data: { command, input, ...withAttachments(files) } }];
  },
});

/** The persons who wrote what waits for a signature. */
const writers = ({ unitsDraft }: Pick<Matter, 'unitsDraft'>): readonly string[] =>
  unitsDraft === undefined ? [] : personsBehind(callerOf(unitsDraft.by));

/** Whoever wrote a draft, as the one who does what is signed. Its roles are those it had then. */
const callerOf = ({ id, name, unit, onBehalfOf }: Actor) => ({
  id,
  name,
  unit,
  roles: ['unit'] as const,
  ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
});

const idle = { numbers: () => [], letters: () => [] } as const;

export type SigningCommand = 'sign-own' | 'send-back';

/** The commands of the heads of a unit, for a measure by which units owe something; none for others. */
export function signingCommands<S extends string, D, E extends StoredEvent>(
  commands: Commands<S, D, E>,
): Readonly<Partial<Record<SigningCommand, Command<S, D, E>>>> {
  const signed = Object.values(commands).filter((one) => one.signed);
  if (signed.length === 0) return {};
  const drafted = ({ unitsDraft }: Matter<S, D>): Command<S, D, E> | undefined =>
    unitsDraft !== undefined && Object.hasOwn(commands, unitsDraft.command) ? commands[unitsDraft.command] : undefined;
  const waits = (matter: Matter<S, D>): boolean => drafted(matter)?.from.includes(matter.state) ?? false;
  const common = {
    from: [...new Set(signed.flatMap(({ from }) => from))],
    by: [theUnitsHeads],
    byNow: () => [theUnitsHeads],
    awaitedBy: () => [theUnitsHeads],
    signed: false,
    offeredTo: () => true,
  };
  const signature = z.strictObject({ opinion: z.optional(freeText), scan: z.optional(idText) });
  const sendingBack = z.strictObject({ reason: freeText });
  return {
    'sign-own': {
      ...common,
      title: '审签',
      input: signature,
      available: (matter, today) => waits(matter) && (drafted(matter)?.available(matter, today) ?? false),
      // What the draft would do may be done meanwhile, by whom it concerns itself.
      awaited: (matter) => waits(matter) && (drafted(matter)?.available(matter, chinaDate(matter.changedAt)) ?? false),
      notFor: (matter) => ({ rule: 'own-approval', persons: writers(matter) }),
      prepare: (matter, body) => {
        const parsed = parseInput(signature, body);
        if (!parsed.ok) return parsed;
        const { opinion, scan } = parsed.value;
        const { unitsDraft } = matter;
        const command = drafted(matter);
        if (unitsDraft === undefined || command === undefined)
          return { ok: false, refusal: refuse('not-now', { state: matter.state, allowed: [] }) };
        const inner = command.prepare(matter, unitsDraft.input);
        if (!inner.ok) return inner;
        const { needs, numbers, letters, decide } = inner.value;
        const asWritten = (context: Context): Context => ({ ...context, by: callerOf(unitsDraft.by) });
        const scans = scan === undefined ? [] : [scan];
        const value: Prepared<E> = {
          needs: { ...needs, attachments: [...(needs.attachments ?? []), ...scans] },
          numbers: (context) => numbers(asWritten(context)),
          letters: (context) => letters(asWritten(context)),
          decide: (context) => {
            const events = decide(asWritten(context));
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
      prepare: (matter, body) => {
        const parsed = parseInput(sendingBack, body);
        if (!parsed.ok) return parsed;
        const command = matter.unitsDraft?.command ?? '';
        const decide: Prepared<E>['decide'] = () => [{ type: 'SentBack', data: { command, ...parsed.value } }];
        return { ok: true, value: { ...idle, needs: { units: [], officials: [] }, decide } };
      },
    },
  };
}
