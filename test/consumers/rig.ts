import type { Caller } from '@dandang/access/caller.ts';
import { chinaDate, type Instant, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { clockActor } from '@dandang/casework/commit.ts';
import { type Delivery, foldDelivery } from '@dandang/casework/delivery.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { acceptCommand, acceptOpening } from '@dandang/accept/accept.ts';
import type { Bus, BusEvent, Copies, SendMessage } from '@dandang/accept/bus-events.ts';
import type { Log } from '@dandang/accept/log.ts';
import { hatsOf } from '@dandang/accept/hats.ts';
import { measureReactions } from '@dandang/accept/react.ts';
import { referenceFrom } from '@dandang/accept/reference.ts';
import type { Ring } from '@dandang/accept/ring.ts';
import { todosOf } from '@dandang/accept/waiting.ts';
import type { TodoRow } from '@dandang/casework/work-rows.ts';
import type { OutgoingMail } from '@dandang/mail/message.ts';
import type { SendOutcome } from '@dandang/mail/smtp.ts';
import { measures } from '@dandang/measures/registry.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import type { CommitStore } from '@dandang/store/commit-store.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { officialKey, parseKey, settingsKey, unitKey } from '@dandang/store/keys.ts';
import type { ViewStore } from '@dandang/store/view-store.ts';
import * as z from 'zod/mini';
import { distribute } from '../../functions/dispatch/distribute.ts';
import { sweepMails } from '../../functions/deadlines/sweep.ts';
import { send } from '../../functions/dispatch/send.ts';
import { announce } from '../../functions/publish/announce.ts';
import { reconcile, type Reconciled } from '../../functions/reconcile/reconcile.ts';
import { project } from '../../functions/views/project.ts';
import { projection } from '../../functions/views/rows.ts';
import { memoryCommitStore, memoryViewStore } from '../store/memory-store.ts';

export const person = (id: string, unit: string, ...roles: Caller['roles']): Caller => ({ id, name: id, unit, roles });
export const clerk = person('clerk', 'supervision-office', 'supervision');
export const leader = person('deputy-leader', 'city-leaders', 'leader', 'approver');
export const liaison = person('housing-liaison', 'housing', 'unit');

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What the mail server took, in order. */
export interface TakenMail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly possibleDuplicate: boolean;
  readonly at: Instant;
}

/**
 * The consumers of the service over stores in memory, with nothing between them: what the store accepted lies in
 * `rings`, what is to be sent in `messages`, and a test decides what becomes of them.
 */
export class Rig {
  readonly commits: CommitStore;
  readonly views: ViewStore = memoryViewStore();
  /** Doorbells that nobody has answered yet, for each of the two consumers. */
  readonly rings: { readonly views: Ring[]; readonly publish: Ring[] } = { views: [], publish: [] };
  readonly messages: SendMessage[] = [];
  readonly mails: TakenMail[] = [];
  /** What the mail server answers. */
  outcome: (mail: OutgoingMail) => Promise<SendOutcome> = () => Promise.resolve({ outcome: 'accepted', response: '' });
  /** Called around every append; it throws where the process is to die. */
  dying: (when: 'before-append' | 'after-append') => void = () => undefined;
  /** Waited for before a file is read or written, so that processes can take turns. */
  turn: (does: 'read' | 'append', file: string) => Promise<void> = () => Promise.resolve();
  readonly #copies = new Map<string, string>();
  #now: Instant;
  #ids = 0;

  constructor(now: Instant) {
    this.#now = now;
    const stored = memoryCommitStore();
    this.commits = {
      ...stored,
      read: async (matter, options) => {
        await this.turn('read', matter);
        return stored.read(matter, options);
      },
      append: async (commit) => {
        await this.turn('append', commit.matter);
        this.dying('before-append');
        const outcome = await stored.append(commit);
        if (outcome === 'appended') {
          const ring = { file: commit.matter, versions: [commit.version] };
          this.rings.views.push(ring);
          this.rings.publish.push(ring);
        }
        this.dying('after-append');
        return outcome;
      },
    };
  }

  get now(): Instant {
    return this.#now;
  }

  pass(seconds: number): void {
    this.#now = instantAt(msOf(this.#now) + seconds * 1000);
  }

  get core() {
    return {
      commits: this.commits,
      views: this.views,
      reference: referenceFrom({ commits: this.commits, policyId: 'yichang', rememberFor: 0, elapsed: () => 0 }),
      now: () => this.#now,
      freshId: () => `id${(this.#ids += 1)}`,
      attachments: { stat: () => Promise.resolve(undefined) },
      log: silent,
      queue: {
        put: (message: SendMessage) => {
          this.messages.push(message);
          return Promise.resolve();
        },
      },
    };
  }

  readonly copies: Copies = {
    has: (file, version) => Promise.resolve(this.#copies.has(`${file}#${version}`)),
    get: (file, version) => Promise.resolve(this.#copies.get(`${file}#${version}`)),
    put: (file, version, bytes) => {
      if (!this.#copies.has(`${file}#${version}`)) this.#copies.set(`${file}#${version}`, bytes);
      return Promise.resolve();
    },
  };

  /** Whether an event never gets to a subscriber: `dispatch`, or a measure by its kind. */
  losing: (subscriber: string, event: BusEvent) => boolean = () => false;

  readonly hear = async (event: BusEvent): Promise<void> => {
    if (!this.losing('dispatch', event)) await distribute(this.core, event);
    for (const measure of measures)
      if (!this.losing(measure.kind, event)) await measureReactions(measure, this.core)(event);
  };

  /** Hears at once, and answers when everybody has. */
  readonly bus: Bus = {
    publish: async (events) => {
      for (const event of events) await this.hear(event);
    },
  };

  readonly projects = (ring: Ring): Promise<void> => project({ commits: this.commits, views: this.views }, ring);

  readonly announces = (ring: Ring): Promise<void> => {
    return announce({ commits: this.commits, bus: this.bus, copies: this.copies, log: silent }, ring);
  };

  readonly sends = (message: SendMessage): Promise<void> => {
    const transport = {
      from: { address: 'no-reply@dandang.example', name: '担当' },
      send: async (mail: OutgoingMail): Promise<SendOutcome> => {
        const outcome = await this.outcome(mail);
        if (outcome.outcome === 'accepted') this.took(mail);
        return outcome;
      },
      close: () => undefined,
    };
    const portal = 'https://dandang.example';
    return send({ ...this.core, transport, portal, mailDomain: 'dandang.example', leaseSeconds: 90 }, message);
  };

  took({ messageId, to, subject, possibleDuplicate }: OutgoingMail): void {
    this.mails.push({ messageId, to: to.address, subject, possibleDuplicate, at: this.#now });
  }

  reconciles(): Promise<Reconciled> {
    return reconcile({
      ...this.core,
      bus: this.bus,
      copies: this.copies,
      queuedFor: 0,
      trustViews: true,
      ringViews: this.projects,
      ringPublish: this.announces,
    });
  }

  /**
   * Answers every doorbell and sends every message, in order, until nothing is left. A message that comes back waits for
   * somebody's lease: time passes.
   */
  async straight(): Promise<void> {
    for (;;) {
      const [seen, heard, message] = [this.rings.views.shift(), this.rings.publish.shift(), this.messages.shift()];
      if (seen !== undefined) await this.projects(seen);
      if (heard !== undefined) await this.announces(heard);
      const waiting = this.messages.length;
      if (message !== undefined) await this.sends(message);
      if (this.messages.length > waiting) this.pass(100);
      if (seen === undefined && heard === undefined && message === undefined) return;
    }
  }

  /** Puts an entry of the directory, a stand-in or a change of the settings on file. */
  async enter(key: string, type: string, data: unknown): Promise<void> {
    const request = { id: key, body: '' };
    const content = { at: this.#now, by: clockActor, command: 'enter', request, events: [{ type, data }] };
    await appendToFile(this.commits, await readFile(this.commits, key), content);
  }

  /** The directory and the settings, known to the views. */
  async enterTown(): Promise<void> {
    for (const id of ['supervision-office', 'city-leaders', 'housing'])
      await this.enter(unitKey(id), 'UnitEntered', { name: id, mail: `${id}@office.example` });
    for (const { id, name, unit, roles } of [clerk, leader, liaison]) {
      const inChargeOf = id === 'deputy-leader' ? { inChargeOf: ['housing'] } : {};
      const entry = { name, unit, roles: [...roles], mail: `${id}@office.example`, ...inChargeOf };
      await this.enter(officialKey(id), 'OfficialEntered', entry);
    }
    await this.enter(settingsKey('yichang'), 'SettingsChanged', { 'reminder.series': '演' });
    await this.straight();
  }

  /** The commands of one reminder, one after the other; the id follows from the key, so every rig has the same one. */
  commandsOf(key: string, submitter = clerk): readonly (() => Promise<void>)[] {
    let id = '';
    const opens = async (): Promise<void> => {
      const body = {
        unit: 'housing',
        leader: 'deputy-leader',
        circumstance: 'slow-progress',
        subject: '标题',
        findings: '情况',
        requirements: '要求',
        replyWithin: { amount: 5, unit: 'working-day' },
      };
      const request = { caller: clerk, body, path: '/api/reminders', idempotencyKey: key };
      const accepted = await acceptOpening(this.core, reminder, request);
      if (isRefusal(accepted)) throw new Error(accepted.refused);
      id = accepted.open.matter.id;
    };
    const does = async (command: string, caller: Caller, body: unknown = {}): Promise<void> => {
      const request = { caller, body, path: command };
      const accepted = await acceptCommand(this.core, reminder, id, command, request);
      if (isRefusal(accepted)) throw new Error(`${command}: ${accepted.refused}`);
    };
    return [
      opens,
      () => does('submit', submitter),
      () => does('approve', leader, { opinion: '同意' }),
      () => does('issue', clerk),
      () => does('urge', clerk),
      () => does('reply', liaison, { measures: '已办' }),
      () => does('review', clerk, { outcome: 'ineffective', opinion: '无' }),
      () => does('close', clerk, { reason: '办结' }),
    ];
  }

  readonly commands = this.commandsOf('one');

  /** What the clock does at nine: held mails go into the queue. */
  sweepsMails(): Promise<number> {
    return sweepMails({ ...this.core, bus: this.bus });
  }

  /** What stands on a person's list of to-dos, under all its hats. */
  async todosOf(caller: Caller): Promise<TodoRow[]> {
    const hats = await hatsOf(this.core, caller, chinaDate(this.#now));
    return (await Promise.all(hats.map((hat) => todosOf(this.core, hat)))).flat();
  }

  async files(): Promise<string[]> {
    const files = new Set<string>();
    for await (const { matter } of this.commits.keysOn(this.#now.slice(0, 10))) files.add(matter);
    return [...files].sort();
  }

  /** Rows that are not what a fresh projection of the commits says; none when all is well. */
  async rowsThatDiffer(): Promise<string[]> {
    const differ: string[] = [];
    for (const file of await this.files()) {
      for (const row of projection(parseKey(file), (await readFile(this.commits, file)).commits)) {
        const found = await this.views.get(row.pk, row.sk, z.unknown());
        if (JSON.stringify(found, sortedKeys) !== JSON.stringify(row, sortedKeys)) differ.push(`${row.pk} ${row.sk}`);
      }
    }
    return differ;
  }

  async deliveries(): Promise<Delivery[]> {
    const found: Delivery[] = [];
    for (const file of await this.files()) {
      if (parseKey(file).kind !== 'delivery') continue;
      const delivery = foldDelivery((await readFile(this.commits, file)).commits);
      if (delivery !== undefined) found.push(delivery);
    }
    return found;
  }
}

const sortedKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
