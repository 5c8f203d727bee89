import { Agent, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { draft } from './town.ts';

/** How long one request of a story took. */
export interface Timed {
  readonly command: string;
  /** Milliseconds. */
  readonly ms: number;
}

const matter = z.object({ id: z.string(), state: z.string() });
const token = z.object({ token: z.string() });
const clock = z.object({ now: z.string() });

interface Answered {
  readonly status: number;
  readonly body: string;
}

/** Whoever works with a service over connections that stay open. */
export class Office {
  readonly #base: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #tokens = new Map<string, string>();

  constructor(base: string) {
    this.#base = base;
  }

  /** One request, as one of the people of the demonstration. Throws where it is refused. */
  async ask(method: 'GET' | 'POST' | 'PUT', path: string, as?: string, body?: unknown): Promise<unknown> {
    const authorization = as === undefined ? undefined : `Bearer ${await this.#tokenOf(as)}`;
    const data = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const answered = await this.#send(
      method,
      path,
      {
        ...(authorization === undefined ? {} : { authorization }),
        ...(data === undefined ? {} : { 'content-type': 'application/json', 'content-length': data.length }),
      },
      data,
    );
    if (answered.status > 201) throw new Error(`${method} ${path} was answered ${answered.status}: ${answered.body}`);
    const parsed: unknown = JSON.parse(answered.body);
    return parsed;
  }

  #send(method: string, path: string, headers: OutgoingHttpHeaders, data: Buffer | undefined): Promise<Answered> {
    const sent = request(this.#base + path, { method, agent: this.#agent, headers });
    return new Promise<Answered>((resolve, reject) => {
      sent.once('error', (error: NodeJS.ErrnoException) => {
        // The server closed a connection that was idle in the very moment in which it was used again: it saw nothing.
        const closed = sent.reusedSocket && error.code === 'ECONNRESET';
        if (closed) resolve(this.#send(method, path, headers, data));
        else reject(error);
      });
      sent.once('response', (response) => {
        text(response).then((said) => resolve({ status: response.statusCode ?? 0, body: said }), reject);
      });
      sent.end(data);
    });
  }

  async #tokenOf(person: string): Promise<string> {
    const known = this.#tokens.get(person);
    if (known !== undefined) return known;
    const { token: fresh } = token.parse(await this.ask('POST', '/dev/token', undefined, { as: person }));
    this.#tokens.set(person, fresh);
    return fresh;
  }

  /** Everybody signed in, so that no measurement pays for it. */
  async signIn(): Promise<void> {
    for (const person of ['clerk', 'deputy-leader', 'housing-liaison']) await this.#tokenOf(person);
  }

  async moveClock(to: string): Promise<void> {
    await this.ask('PUT', '/dev/clock', undefined, { now: to });
  }

  /** Nine o'clock of the next day that is no weekend: what is counted a day begins anew. */
  async nextMorning(): Promise<void> {
    const { now } = clock.parse(await this.ask('GET', '/dev/clock'));
    const day = new Date(Date.parse(now) + (24 + 8) * 3_600_000);
    while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1);
    await this.moveClock(`${day.toISOString().slice(0, 10)}T09:05:00.000+08:00`);
  }

  /** Opens a reminder and gives its path. */
  async open(more: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return `/api/reminders/${matter.parse(await this.ask('POST', '/api/reminders', 'clerk', { ...draft, ...more })).id}`;
  }

  async act(path: string, command: keyof typeof steps): Promise<string> {
    const { as, body } = steps[command];
    return matter.parse(await this.ask('POST', `${path}/${command}`, as, body)).state;
  }

  close(): void {
    this.#agent.destroy();
  }
}

const steps = {
  submit: { as: 'clerk', body: {} },
  approve: { as: 'deputy-leader', body: { opinion: '同意印发。' } },
  issue: { as: 'clerk', body: {} },
  reply: { as: 'housing-liaison', body: { measures: '三个项目已分别明确责任人，本月内全部开工。' } },
  review: { as: 'clerk', body: { outcome: 'effective', opinion: '措施明确，同意办结。' } },
} as const;

const inOrder = ['submit', 'approve', 'issue', 'reply', 'review'] as const;

/** So many requests a story has. */
export const commandsOfAStory = inOrder.length + 1;

/** One reminder from its draft until it is closed: six commands, two numbered letters, their mails. */
export async function reminderStory(office: Office): Promise<Timed[]> {
  const times: Timed[] = [];
  const timed = async <T>(command: string, work: Promise<T>): Promise<T> => {
    const began = performance.now();
    const outcome = await work;
    times.push({ command, ms: performance.now() - began });
    return outcome;
  };
  const path = await timed('open', office.open());
  let state = '';
  for (const command of inOrder) state = await timed(command, office.act(path, command));
  if (state !== 'closed') throw new Error(`the story ended as ${state}`);
  return times;
}

/** Does something so many times, by so many who work at once, each of whom waits for its own answers. Gives what each was. */
export async function byClients<T>(clients: number, times: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < times) done.push(await work(next++));
    }),
  );
  return done;
}

/** The value below which so large a part of the values lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  if (found === undefined) throw new RangeError('a quantile of nothing');
  return found;
}
