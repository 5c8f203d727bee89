import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import {
  deliveryAnswer,
  historyForm,
  listForm,
  type listedMatter,
  matterAnswerForm,
  openDeadlineAnswer,
  todoAnswer,
} from '@dandang/api/answers.ts';
import type { Log, LogIds } from '@dandang/accept/log.ts';
import type { Mailbox, ReceivedMail } from '@dandang/local/mailbox.ts';
import { startService } from '@dandang/local/service.ts';
import * as z from 'zod/mini';
import { type Heard, type Person, personWith, said, signIn } from './caller.ts';

export type MatterAnswer = z.infer<typeof matterAnswerForm>;
export type DeliveryAnswer = z.infer<typeof deliveryAnswer>;
export type Todo = z.infer<typeof todoAnswer>;
export type OpenDeadline = z.infer<typeof openDeadlineAnswer>;
export type ListedMatter = z.infer<typeof listedMatter>;

/** One line of the service's log. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly code: string;
  readonly ids: LogIds;
  /** What an error said; it may not be logged in earnest, so tests look at it and no log does. */
  readonly error?: unknown;
}

const page = z.object({ items: z.array(z.unknown()), next: z.optional(z.string()) });

/** What the clerk writes; every text can be told from everything else that is in the service. */
export const draftOf = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject: '老旧小区改造项目推进缓慢',
  findings: '截至上月底完成率低于序时进度。',
  requirements: '逐项列明原因、责任人和开工时间。',
  replyWithin: { amount: 5, unit: 'working-day' },
  ...changes,
});

/** The names of the people whom the journeys sign in. */
export const names = [
  'clerk',
  'clerk-2',
  'gov-clerk',
  'principal-leader',
  'deputy-leader',
  'deputy-leader-2',
  'committee-officer',
  'discipline-officer',
  'discipline-officer-2',
  'discipline-head',
  'discipline-head-2',
  'organization-officer',
  'organization-head',
  'organization-head-2',
  'inspection-officer',
  'audit-officer',
  'housing-liaison',
  'housing-head',
  'housing-director',
  'housing-deputy',
  'ecology-liaison',
  'ecology-director',
  'commerce-liaison',
  'commerce-director',
  'transport-liaison',
  'transport-director',
  'admin',
] as const;
export type Name = (typeof names)[number];

/** A whole service with the demonstration's people, driven over HTTP only. */
export class RunningTown {
  readonly url: string;
  readonly mailbox: Mailbox;
  readonly log: readonly LogLine[];
  readonly nobody: Person;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #close: () => Promise<void>;

  constructor(
    url: string,
    mailbox: Mailbox,
    log: readonly LogLine[],
    people: ReadonlyMap<string, Person>,
    close: () => Promise<void>,
  ) {
    this.url = url;
    this.mailbox = mailbox;
    this.log = log;
    this.nobody = personWith(url, '');
    this.#people = people;
    this.#close = close;
  }

  as(name: Name): Person {
    const person = this.#people.get(name);
    if (person === undefined) throw new Error(`nobody is called ${name}`);
    return person;
  }

  /** Moves the clock forward; schedules run on the way. */
  async moveTo(now: string): Promise<void> {
    said(await this.nobody.put('/dev/clock', { now }), z.object({ now: z.string() }));
  }

  async now(): Promise<string> {
    return said(await this.nobody.get('/dev/clock'), z.object({ now: z.string() })).now;
  }

  /** Every mail so far, once everything that was set going has come to rest. */
  async mails(): Promise<ReceivedMail[]> {
    const { status } = await this.nobody.get('/dev/mail');
    if (status !== 200) throw new Error(`the mailbox answered ${status}`);
    return this.mailbox.list();
  }

  /** Opens a reminder; gives its path. */
  async drafted(changes: Readonly<Record<string, unknown>> = {}, by: Name = 'clerk'): Promise<string> {
    const opened = said(await this.as(by).post('/api/reminders', draftOf(changes)), matterAnswerForm);
    return `/api/reminders/${opened.id}`;
  }

  /** Opens, submits and has it approved. */
  async approved(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const path = await this.drafted(changes);
    await this.does('clerk', path, 'submit');
    await this.does(changes['leader'] === 'deputy-leader-2' ? 'deputy-leader-2' : 'deputy-leader', path, 'approve', {
      opinion: '同意。',
    });
    return path;
  }

  async issued(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const path = await this.approved(changes);
    await this.does('clerk', path, 'issue');
    return path;
  }

  /** A command that must be accepted; gives the matter after it. */
  async does(name: Name, path: string, command: string, body: unknown = {}): Promise<MatterAnswer> {
    return said(await this.as(name).post(`${path}/${command}`, body), matterAnswerForm);
  }

  async matter(name: Name, path: string): Promise<MatterAnswer> {
    return said(await this.as(name).get(path), matterAnswerForm);
  }

  async history(name: Name, path: string): Promise<z.infer<typeof historyForm>> {
    return said(await this.as(name).get(`${path}/history`), historyForm);
  }

  /** Every item of a list, page by page. */
  async all<T>(name: Name, path: string, item: z.ZodMiniType<T>): Promise<T[]> {
    const items: T[] = [];
    let next: string | undefined;
    do {
      const url = new URL(path, this.url);
      if (next !== undefined) url.searchParams.set('cursor', next);
      const heard: Heard = await this.as(name).get(url.pathname + url.search);
      said(heard, listForm(item));
      const found = said(heard, page);
      items.push(...found.items.map((one) => z.parse(item, one)));
      next = found.next;
    } while (next !== undefined);
    return items;
  }

  /** What waits for somebody about one matter, as `act`, once every mail is out: who got a letter has it to sign for. */
  async waits(name: Name, path: string): Promise<string[]> {
    await this.mails();
    const todos = await this.all(name, '/api/todo', todoAnswer);
    return todos.filter((todo) => `/api/${todo.matter.collection}/${todo.matter.id}` === path).map((todo) => todo.act);
  }

  deliveries(name: Name, query = ''): Promise<DeliveryAnswer[]> {
    return this.all(name, `/api/deliveries${query}`, deliveryAnswer);
  }

  openDeadlines(name: Name, query = ''): Promise<OpenDeadline[]> {
    return this.all(name, `/api/deadlines${query}`, openDeadlineAnswer);
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** A log that keeps what it is told. */
export function keptLog(): { readonly log: Log; readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const log: Log = {
    info: (code, ids = {}) => lines.push({ level: 'info', code, ids }),
    warn: (code, ids = {}) => lines.push({ level: 'warn', code, ids }),
    error: (code, ids, error) => lines.push({ level: 'error', code, ids, error }),
  };
  return { log, lines };
}

/** Starts a town of its own in a folder that is gone afterwards, under the policy of a city. */
export async function startTown(startAt: Instant, policyId = 'yichang'): Promise<RunningTown> {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-town-'));
  const { log, lines } = keptLog();
  const service = await startService({ folder, port: 0, startAt, policyId, demonstration: true, log });
  const people = new Map(
    await Promise.all(names.map(async (name) => [name, await signIn(service.url, name)] as const)),
  );
  return new RunningTown(service.url, service.mailbox, lines, people, async () => {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  });
}
