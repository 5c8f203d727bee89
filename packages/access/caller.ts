import * as z from 'zod/mini';

/** The roles a token may carry. A role that is not in this list grants nothing. */
export const roles = [
  'supervision',
  'party-committee-office',
  'leader',
  'principal-leader',
  'approver',
  'discipline',
  'organization',
  'inspection',
  'audit',
  'decider',
  'unit',
  'unit-head',
  'official',
  'admin',
] as const;

export type Role = (typeof roles)[number];

/** The person behind a request, as the verified token names it. `id` is the token's `sub`, `unit` a unit's id. */
export interface Caller {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly Role[];
  /** The absent official whose unit and roles these are, where the caller stands in 委托 for one. */
  readonly onBehalfOf?: { readonly id: string; readonly name: string };
  /**
   * Who signed for the unit, and on which day, where its own system (an OA 办公自动化系统) acts for it: what it sends was
   * signed off there 审签.
   */
  readonly signedBy?: { readonly name: string; readonly on: string };
}

/** The roles whose holders have to do with matters of their own unit or person alone. */
const withoutOffice: readonly Role[] = ['unit', 'unit-head', 'official'];

/** Whether a role of the caller makes matters of others its business: then its lists may be long. */
export const handlesForOthers = ({ roles: held }: Pick<Caller, 'roles'>): boolean =>
  held.some((role) => !withoutOffice.includes(role));

/** Who does something, or did it, as its commit keeps it. */
interface Doer {
  readonly id: string;
  readonly onBehalfOf?: { readonly id: string } | undefined;
}

/** The persons behind an act: the one who acts, and the one it stands in for. */
export const personsBehind = ({ id, onBehalfOf }: Doer): string[] =>
  onBehalfOf === undefined ? [id] : [id, onBehalfOf.id];

/** Whether an act is somebody's own: the person did it, or it was done in the person's name 委托. */
export const isOwnAct = ({ id, onBehalfOf }: Doer, person: { readonly id: string }): boolean =>
  id === person.id || onBehalfOf?.id === person.id;

/** What the file calls acts of no person; nobody may sign in as one of them and act without leaving a name. */
const reserved: readonly string[] = ['clock', 'reaction'];

const identifier = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));

const claims = z.object({
  sub: identifier,
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  unit: z.optional(z.union([identifier, z.literal('')])),
  roles: z.array(z.string()),
  signedBy: z.optional(
    z.object({
      name: z.string().check(z.minLength(1), z.maxLength(200)),
      on: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
    }),
  ),
});

const isRole = (value: string): value is Role => roles.some((role) => role === value);

/**
 * Reads a verified token's claims (`docs/http.md`, Common). Unknown roles are dropped: they can grant nothing here.
 * Returns `undefined` when a claim is missing, of the wrong type, or a reserved `sub`; the request is then unauthenticated.
 */
export function callerFromClaims(payload: unknown): Caller | undefined {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) return undefined;
  const { sub, name, unit, roles: named, signedBy } = parsed.data;
  if (reserved.includes(sub)) return undefined;
  return {
    id: sub,
    name,
    unit: unit ?? '',
    roles: named.filter(isRole),
    ...(signedBy === undefined ? {} : { signedBy }),
  };
}

export const hasRole = (caller: Caller, ...wanted: readonly Role[]): boolean =>
  wanted.some((role) => caller.roles.includes(role));
