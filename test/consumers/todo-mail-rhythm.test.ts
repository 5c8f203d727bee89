import { publishedCalendar as calendar } from '@dandang/calendar/calendar.ts';
import { addDays, chinaDate, type CivilDate, type Instant, instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { firstMailDay } from '@dandang/casework/todo-mail.ts';
import { standInKey } from '@dandang/store/keys.ts';
import fc from 'fast-check';
import { clerk, leader, liaison, Rig } from './rig.ts';

const persons = [clerk, leader, liaison];
const hour = 3600;

/** One thing that happens: the next act of one of three reminders, a stand-in, hours that pass, or days. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('act' as const), matter: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('stand-in' as const),
      official: fc.nat(2),
      person: fc.nat(2),
      after: fc.nat(4),
      days: fc.nat(4),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('night' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('outage' as const), down: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A story under way: what was said to whom, and since when each person has had each to-do on its list. */
class Story {
  readonly rig: Rig;
  readonly #rhythm: number;
  readonly #reminders: (() => Promise<void>)[][];
  /** By person and to-do: since when it is on the list, and whether the person itself acted when it came there. */
  readonly #listed = new Map<string, { readonly since: Instant; readonly own: boolean }>();
  readonly #heard = new Map<string, Instant[]>();
  /** The last instant at which the mail server was down: until then nobody can be said to hear late. */
  #downUntil: Instant = '2000-01-01T00:00:00.000+08:00';
  #down = false;
  #actor = '';

  constructor(start: Instant, rhythm: number) {
    this.rig = new Rig(start);
    this.#rhythm = rhythm;
    this.#reminders = ['one', 'two', 'three'].map((key) => [...this.rig.commandsOf(key)]);
  }

  async begin(): Promise<void> {
    await this.rig.enterTown();
    await this.rig.enter('settings/yichang', 'SettingsChanged', { 'nudge.everyWorkingDays': this.#rhythm });
    this.rig.outcome = async (mail) => {
      if (this.#down) return { outcome: 'failed', reason: 'down', mayHaveArrived: false };
      const person = persons.find((one) => mail.to.address === `${one.id}@office.example`);
      if (person !== undefined && mail.subject === '您有待办事项') {
        // Nobody hears of what is not theirs.
        expect(await this.rig.todosOf(person)).not.toEqual([]);
        this.#heard.set(person.id, [...(this.#heard.get(person.id) ?? []), this.rig.now]);
      }
      return { outcome: 'accepted', response: '' };
    };
  }

  async #settles(): Promise<void> {
    await this.rig.straight();
    if (this.#down) this.#downUntil = this.rig.now;
    for (const person of persons) {
      // That a letter waits to be signed for is told by the letter's own mail.
      const todos = (await this.rig.todosOf(person)).filter(({ act }) => act !== 'acknowledge');
      const now = new Set(todos.map(({ matter, act }) => `${person.id} ${matter.id} ${act}`));
      for (const name of this.#listed.keys())
        if (name.startsWith(`${person.id} `) && !now.has(name)) this.#listed.delete(name);
      for (const name of now)
        if (!this.#listed.has(name)) this.#listed.set(name, { since: this.rig.now, own: this.#actor === person.id });
    }
  }

  async #night(): Promise<void> {
    const today = chinaDate(this.rig.now);
    const morning: Instant = `${addDays(today, 1)}T09:00:00.000+08:00`;
    this.rig.pass((msOf(`${addDays(today, 1)}T00:00:00.000+08:00`) - msOf(this.rig.now)) / 1000);
    await this.#settles();
    this.rig.pass((msOf(morning) - msOf(this.rig.now)) / 1000);
    await this.rig.sweepsMails();
    await this.#settles();
  }

  async does(step: Step): Promise<void> {
    this.#actor = '';
    if (step.what === 'hours') {
      this.rig.pass(step.hours * hour);
      // Mails that were held until nine go at nine, or as soon as anybody looks after that.
      await this.rig.sweepsMails();
    }
    if (step.what === 'outage') this.#down = step.down;
    if (step.what === 'act') {
      const command = this.#reminders[step.matter]?.shift();
      const left = this.#reminders[step.matter]?.length ?? 0;
      this.#actor = left === 5 ? leader.id : left === 2 ? liaison.id : clerk.id;
      await command?.();
    }
    if (step.what === 'stand-in') {
      const [official, person] = [persons[step.official]?.id ?? '', persons[step.person]?.id ?? ''];
      const from = addDays(chinaDate(this.rig.now), step.after);
      const standIn = { person, from, to: addDays(from, step.days) };
      if (official !== person) await this.rig.enter(standInKey(official), 'StandInSet', { standIn });
    }
    if (step.what === 'night') await this.#night();
    else await this.#settles();
    this.check();
  }

  #next(day: CivilDate): CivilDate {
    const due = calendar.due(day, { amount: this.#rhythm, unit: 'working-day' });
    if ('refused' in due) throw new Error(`beyond the calendar: ${day}`);
    return due.dueOn;
  }

  check(): void {
    for (const { id } of persons) {
      const days = (this.#heard.get(id) ?? []).map(chinaDate);
      // Nobody hears twice within the rhythm.
      for (const [at, day] of days.slice(1).entries()) expect(day >= this.#next(days[at] ?? '')).toBe(true);
    }
    // Everybody hears of what is on its list, on the first day that the rhythm allows.
    for (const [name, { since, own }] of this.#listed) {
      if (own) continue;
      const heard = this.#heard.get(name.slice(0, name.indexOf(' '))) ?? [];
      const from = since > this.#downUntil ? since : this.#downUntil;
      const after = heard.filter((at) => msOf(at) >= msOf(since) - hour * 1000);
      if (after.length > 0) continue;
      const last = heard.filter((at) => at < since).at(-1);
      const first = firstMailDay(chinaDate(from), calendar);
      const allowed = last === undefined || this.#next(chinaDate(last)) < first ? first : this.#next(chinaDate(last));
      const by = instantAt(Math.max(msOf(`${allowed}T09:30:00.000+08:00`), msOf(from) + hour * 1000));
      // What failed while the server was down is told again on the next working day.
      const grace = since <= this.#downUntil ? this.#next(this.#next(chinaDate(by))) + by.slice(10) : by;
      expect({ name, since, heard, late: this.rig.now > grace }).toMatchObject({ late: false });
    }
  }
}

test('everybody hears of its to-dos as soon as the rhythm allows, nobody twice within it or of what is not theirs', async () => {
  const start = fc.constantFrom<Instant>(
    '2026-02-12T10:00:00.000+08:00',
    '2026-04-30T15:00:00.000+08:00',
    '2026-09-24T08:00:00.000+08:00',
    '2026-09-15T10:00:00.000+08:00',
  );
  const rhythm = fc.integer({ min: 1, max: 3 });
  await fc.assert(
    fc.asyncProperty(start, rhythm, fc.array(step, { maxLength: 25 }), async (begins, every, steps) => {
      const story = new Story(begins, every);
      await story.begin();
      for (const one of steps) await story.does(one);
      await story.does({ what: 'outage', down: false });
      for (let night = 0; night < 12; night += 1) await story.does({ what: 'night' });
    }),
    { numRuns: 80 },
  );
}, 120_000);
