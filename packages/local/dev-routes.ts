import { callerFromClaims } from '@dandang/access/caller.ts';
import { instant } from '@dandang/calendar/civil-date.ts';
import { idText, parseInput } from '@dandang/casework/input.ts';
import { refuse } from '@dandang/casework/refusal.ts';
import type { Route } from '@dandang/api/route.ts';
import { everyHead } from '@dandang/accept/listing.ts';
import { officialRow } from '@dandang/casework/work-rows.ts';
import { officials } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import type { Mailbox } from './mailbox.ts';
import type { MovingClock } from './moving-clock.ts';
import type { SignIn } from './sign-in.ts';
import type { Person } from './sign-in-page.ts';

export interface DevSurroundings {
  readonly views: Pick<ViewStore, 'list' | 'getMany'>;
  readonly clock: Pick<MovingClock, 'now'>;
  /** Moves the clock and runs every schedule that lies on the way. */
  readonly moveClock: (to: string) => Promise<void>;
  readonly signIn: Pick<SignIn, 'tokenFor'>;
  readonly mailbox: Pick<Mailbox, 'list'>;
  /** Resolves when everything that was set going has come to rest. */
  readonly settled: () => Promise<void>;
}

const admin: Person = { id: 'admin', name: '管理员', unit: '', roles: ['admin'] };

/** Who can sign in: the administrator, and everybody in the directory. */
export async function people(views: DevSurroundings['views']): Promise<Person[]> {
  const found: Person[] = [];
  for await (const { id: sub, name, unit, roles, position } of everyHead(views, officials.list(), officialRow)) {
    const caller = callerFromClaims({ sub, name, unit, roles: roles ?? ['official'] });
    if (caller !== undefined) found.push({ ...caller, position });
  }
  return [...found, admin];
}

/** The routes that only the demonstration has (`docs/http.md`, Only in the demonstration): people, tokens, clock, mail. */
export function devRoutes(deps: DevSurroundings): Route[] {
  return [
    {
      method: 'GET',
      path: '/dev/people',
      open: true,
      handle: async () => ({ status: 200, body: await people(deps.views) }),
    },
    {
      method: 'POST',
      path: '/dev/token',
      open: true,
      handle: async ({ body }) => {
        const input = parseInput(z.strictObject({ as: idText }), body);
        if (!input.ok) return input.refusal;
        const person = (await people(deps.views)).find((one) => one.id === input.value.as);
        if (person === undefined) return refuse('not-found');
        return { status: 200, body: { token: await deps.signIn.tokenFor(person) } };
      },
    },
    {
      method: 'GET',
      path: '/dev/clock',
      open: true,
      handle: () => Promise.resolve({ status: 200, body: { now: deps.clock.now() } }),
    },
    {
      method: 'PUT',
      path: '/dev/clock',
      open: true,
      handle: async ({ body }) => {
        const input = parseInput(z.strictObject({ now: instant }), body);
        if (!input.ok) return input.refusal;
        try {
          await deps.moveClock(input.value.now);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          return refuse('malformed', {
            errors: [{ path: 'now', zh: '时钟不能倒拨', en: 'the clock does not go back' }],
          });
        }
        return { status: 200, body: { now: deps.clock.now() } };
      },
    },
    {
      method: 'GET',
      path: '/dev/mail',
      open: true,
      handle: async () => {
        await deps.settled();
        return { status: 200, body: await deps.mailbox.list() };
      },
    },
  ];
}
