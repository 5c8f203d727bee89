import type { Caller } from '@dandang/access/caller.ts';
import { acceptCommand } from '@dandang/accept/accept.ts';
import type { BusEvent } from '@dandang/accept/bus-events.ts';
import { addDays, chinaDate, type CivilDate, msOf } from '@dandang/calendar/civil-date.ts';
import { type ChaserSheet, foldChaser } from '@dandang/casework/chaser-sheet.ts';
import type { StoredEvent } from '@dandang/casework/commit.ts';
import { isRefusal } from '@dandang/casework/refusal.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import { readFile } from '@dandang/store/file.ts';
import { matterKey, parseKey, settingsKey } from '@dandang/store/keys.ts';
import { sweepLights } from '../../functions/deadlines/sweep.ts';
import { clerk, Rig } from './rig.ts';

/** A town in which reminders are issued and not answered, and whose clock is turned by hand. */
export class ChasingTown {
  readonly rig: Rig;
  readonly #first: CivilDate;

  constructor(now = '2026-03-02T10:00:00.000+08:00') {
    this.rig = new Rig(now);
    this.#first = chinaDate(now);
  }

  /** Whether the mail server takes what is sent. */
  mailArrives = true;

  arrives(taken: boolean): void {
    this.mailArrives = taken;
    this.rig.outcome = () =>
      Promise.resolve(
        taken ? { outcome: 'accepted', response: '' } : { outcome: 'refused', status: 550, reason: '550' },
      );
  }

  get today(): CivilDate {
    return chinaDate(this.rig.now);
  }

  async begin(settings: Record<string, unknown> = {}): Promise<void> {
    await this.rig.enterTown();
    await this.rig.enter(settingsKey('yichang'), 'SettingsChanged', settings);
    await this.rig.straight();
  }

  /** A reminder to the housing bureau, due after five working days; gives its id. */
  async issued(key: string): Promise<string> {
    const before = new Set(await this.#reminders());
    for (const does of this.rig.commandsOf(key).slice(0, 4)) {
      await does();
      await this.rig.straight();
    }
    const id = (await this.#reminders()).find((one) => !before.has(one));
    if (id === undefined) throw new Error('no reminder was opened');
    return id;
  }

  async #reminders(): Promise<string[]> {
    return (await this.rig.files()).filter((file) => file.startsWith('reminder/')).map((file) => parseKey(file).id);
  }

  /** Does something to a reminder; gives the code of a refusal. */
  async does(id: string, command: string, body: unknown = {}, caller: Caller = clerk): Promise<string | undefined> {
    const accepted = await acceptCommand(this.rig.core, reminder, id, command, { caller, body, path: command });
    await this.rig.straight();
    return isRefusal(accepted) ? accepted.refused : undefined;
  }

  /** Goes to a time of a day; nothing runs on the way. */
  goTo(day: CivilDate, time: string): void {
    const seconds = (msOf(`${day}T${time}:00.000+08:00`) - msOf(this.rig.now)) / 1000;
    if (seconds > 0) this.rig.pass(seconds);
  }

  readonly bus = {
    publish: async (events: readonly BusEvent[]): Promise<void> => {
      for (const event of events) await this.rig.hear(event);
    },
  };

  async lights(): Promise<void> {
    await sweepLights({ ...this.rig.core, bus: this.bus });
    await this.rig.straight();
  }

  async chases(): Promise<void> {
    await this.rig.sweepsMails();
    await this.rig.straight();
  }

  /** A day as the clock runs it: the lights after midnight, the sheets at nine. */
  async passes(day: CivilDate): Promise<void> {
    this.goTo(day, '00:05');
    await this.lights();
    this.goTo(day, '09:00');
    await this.chases();
  }

  async passesUntil(last: CivilDate): Promise<void> {
    for (let day = addDays(this.today, 1); day <= last; day = addDays(day, 1)) await this.passes(day);
  }

  /** Every sheet so far, oldest first. */
  async sheets(): Promise<ChaserSheet[]> {
    const found: ChaserSheet[] = [];
    for (let day = this.#first; day <= this.today; day = addDays(day, 1))
      for await (const { matter } of this.rig.commits.keysOn(day)) {
        const { kind, id } = parseKey(matter);
        const sheet =
          kind === 'chaser' ? foldChaser(id, (await readFile(this.rig.commits, matter)).commits) : undefined;
        if (sheet !== undefined) found.push(sheet);
      }
    return found;
  }

  /** What was put on the file of a reminder. */
  async events(id: string): Promise<StoredEvent[]> {
    return (await readFile(this.rig.commits, matterKey('reminder', id))).commits.flatMap(({ events }) => events);
  }

  async matter(id: string) {
    const file = await readFile(this.rig.commits, matterKey('reminder', id));
    const open = measureOfKind('reminder')?.fold(id, file.commits);
    if (open === undefined) throw new Error('no such reminder');
    return open;
  }

  /** Mails that carried a sheet. */
  get sheetMails(): number {
    return this.rig.mails.filter(({ subject }) => subject.startsWith('催办单')).length;
  }
}
