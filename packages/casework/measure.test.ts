/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "fc.assert", "**.then*"] }] */
import type { Caller } from '@dandang/access/caller.ts';
import { role, theUnit } from '@dandang/access/party.ts';
import * as z from 'zod/mini';
import { at, given } from '../../test/story/story.ts';
import { clerk, clerk2, disciplineOfficer, ecologyLiaison, housingLiaison, town } from '../../test/story/town.ts';
import { commandsOf } from './command.ts';
import { clockActor, type Commit, firstPreviousHash, isPerson, reactionActor } from './commit.ts';
import { count } from './deadline.ts';
import { idText } from './input.ts';
import { issueLetter } from './letter-issue.ts';
import { summarize, matterSummary, showDeadline } from './matter-summary.ts';
import { defineMeasure } from './define-measure.ts';
import { isRefusal } from './refusal.ts';

/** A measure made up for these tests: what every measure gets without declaring it, and two deadlines of two parties. */

type State = 'running' | 'over' | 'withdrawn';
interface Details {
  readonly word: string;
}
const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ErrandOpened'), data: z.object({ unit: z.string(), word: z.string() }) }),
  z.object({ type: z.literal('ErrandFinished'), data: z.object({}) }),
]);
type ErrandEvent = z.infer<typeof event>;
/** Concerned by every errand, and carries two roles. */
const both: Caller = { id: 'both', name: 'both', unit: 'housing', roles: ['supervision', 'unit'] };
const subject = { id: both.id, name: both.name, unit: both.unit };
const command = commandsOf<State, Details, ErrandEvent>();
const supervision = role('supervision');
const discipline = role('discipline');

const errand = defineMeasure<State, Details, ErrandEvent, { unit: string }>({
  kind: 'errand',
  collection: 'errands',
  title: '差事',
  states: [
    { name: 'running', title: '进行中' },
    { name: 'over', title: '办结', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event,
  opening: {
    title: '派差',
    by: [supervision],
    input: z.strictObject({ unit: idText }),
    needs: (input) => ({ units: [input.unit], officials: [] }),
    decide: ({ unit }, context) => {
      const [soon, later] = [2, 20].map((amount) => count(context.today, { amount, unit: 'working-day' }, 0, context));
      if (soon === undefined || later === undefined || isRefusal(soon) || isRefusal(later))
        throw new Error('uncounted');
      return [
        { type: 'ErrandOpened', data: { unit, word: '跑腿' } },
        { type: 'DeadlineSet', data: { deadline: 'report', counted: soon } },
        { type: 'DeadlineSet', data: { deadline: 'check', counted: later } },
      ];
    },
  },
  commands: {
    report: command(['running'], {
      title: '报告',
      by: [theUnit],
      input: z.strictObject({}),
      awaited: () => true,
      decide: () => [{ type: 'DeadlineMet', data: { deadline: 'report', late: false } }],
    }),
    remark: command(['running'], {
      title: '说明',
      by: [theUnit, supervision],
      input: z.strictObject({}),
      decide: () => [{ type: 'Urged', data: {} }],
    }),
    finish: command(['running'], {
      title: '办结',
      by: [supervision, discipline],
      input: z.strictObject({}),
      awaited: () => true,
      decide: () => [{ type: 'ErrandFinished', data: {} }],
    }),
  },
  evolve: (body, happened) => {
    if (happened.type === 'ErrandOpened') {
      const { unit, word } = happened.data;
      return { state: 'running', unit: { id: unit, name: unit }, subjects: [subject], details: { word } };
    }
    if (body === undefined) throw new Error('an errand cannot begin so');
    return { ...body, state: 'over' };
  },
  handlingOffice: supervision,
  deadlines: {
    report: { title: '报告', act: 'report', owedBy: theUnit },
    check: { title: '核查', act: 'check', owedBy: discipline },
  },
  gate: (matter) => ({ file: ['role:supervision', 'role:discipline'], own: [`unit:${matter.unit.id}`] }),
  headline: (matter) => matter.details.word,
  details: (matter) => ({ word: matter.details.word }),
  similarity: () => 'same',
  failing: { requests: 'Errands cannot be run.', deadLetters: 'A day of an errand passed without a word.' },
  notices: {
    owed: (_matter, deadline) => deadline.name,
    needs: (matter) => ({ units: [matter.unit.id], officials: [] }),
    write: (matter, occasion, { matterKey, today, directory }) =>
      issueLetter(
        matterKey,
        occasion.slot,
        {
          type: occasion.what,
          typeName: '通知',
          content: {
            layout: 'letter',
            issuer: '督查室',
            title: occasion.what,
            addressees: [matter.unit.name],
            body: [],
            attachments: [],
            signatories: [],
            date: today,
            copies: [],
            sealed: false,
          },
        },
        [
          {
            recipient: {
              kind: 'unit',
              id: matter.unit.id,
              name: matter.unit.name,
              mail: directory.unit(matter.unit.id)?.mail,
            },
            as: 'notice',
          },
        ],
      ),
  },
});

const running = given(errand, town).opened(clerk, { unit: 'housing' });

describe('a measure', () => {
  test('has its own commands and those that every measure has, with who may and when', () => {
    expect(errand.commandSheets.map((sheet) => sheet.name).sort()).toEqual([
      'extend',
      'finish',
      'grant-extension',
      'recuse',
      'refuse-extension',
      'remark',
      'report',
      'request-extension',
      'succeed',
      'urge',
      'withdraw',
    ]);
    for (const sheet of errand.commandSheets) expect([sheet.name, sheet.from]).toEqual([sheet.name, ['running']]);
    expect(errand.commandSheets.find((sheet) => sheet.name === 'urge')).toMatchObject({
      title: '催办',
      by: ['supervision'],
    });
    expect(errand).toMatchObject({ openingSheet: { by: ['supervision'], title: '派差' } });
  });

  test('folds nothing from no commits', () => {
    expect(errand.fold('m1', [])).toBeUndefined();
  });

  test('does not fold a file that begins in its middle, or that is damaged', () => {
    const [first] = running.commits;
    expect(first).toBeDefined();
    if (first === undefined) return;
    const holding = (...events: Commit['events']): Commit => ({ ...first, events });
    expect(() => errand.fold('m1', [holding({ type: 'Urged', data: {} })])).toThrow('cannot begin with Urged');
    expect(() => errand.fold('m1', [holding({ type: 'ErrandFinished', data: {} })])).toThrow();
    expect(() => errand.fold('m1', [first, holding({ type: 'ErrandOpened', data: { unit: 1 } })])).toThrow();
    expect(() => errand.fold('m1', [first, holding({ type: 'Withdrawn', data: { reason: 1 } })])).toThrow();
  });

  test('counts as the version of its ETag only what persons did', () => {
    const later = running.andClock('report', at('2026-03-02', '12:00'));
    expect(later.open.matter).toMatchObject({ version: 2, personVersion: 1, changedAt: at('2026-03-02', '12:00') });
    expect([clockActor, reactionActor].map(isPerson)).toEqual([false, false]);
    expect(later.and('urge', clerk).open.matter).toMatchObject({ version: 3, personVersion: 3 });
  });

  test('knows since when it is in its state', () => {
    const urged = running.and('urge', clerk, {}, { now: at('2026-03-03') });
    expect(urged.open.matter.stateSince).toBe(running.now);
    expect(urged.and('finish', clerk, {}, { now: at('2026-03-04') }).open.matter.stateSince).toBe(at('2026-03-04'));
    expect(running.and('withdraw', clerk, { reason: '。' }, { now: at('2026-03-05') }).open.matter.stateSince).toBe(
      at('2026-03-05'),
    );
  });

  test('can be handed to the unit that goes on with it, and keeps its days and the name of the one before', () => {
    const handed = running.when('succeed', clerk, { unit: 'supervision-office', reason: '机构改革，职责划入。' }).then({
      state: 'running',
      events: ['UnitSucceeded'],
    });
    const [before, now] = [running.open.matter, handed.open.matter];
    const name = town.units.find(({ id }) => id === 'supervision-office')?.name ?? '';
    expect(now.unit).toEqual({ id: 'supervision-office', name: `${name}（原${before.unit.name}）` });
    expect(now.formerly).toEqual([before.unit]);
    expect(now.deadlines).toEqual(before.deadlines);
    handed.when('succeed', clerk, { unit: 'supervision-office', reason: '。' }).thenNothing();
    running.when('succeed', clerk, { unit: 'nowhere', reason: '。' }).then({ refused: 'unknown-unit' });
    running
      .when('succeed', disciplineOfficer, { unit: 'supervision-office', reason: '。' })
      .then({ refused: 'not-yours' });
    // Back again it names the two it was with last.
    const back = handed.and('succeed', clerk, { unit: before.unit.id, reason: '划错。' }).open.matter;
    const own = town.units.find(({ id }) => id === before.unit.id)?.name ?? '';
    expect(back.unit).toEqual({ id: before.unit.id, name: `${own}（原${name}）` });
  });

  test('lets nothing common be done once it is over', () => {
    const over = running.and('finish', disciplineOfficer);
    expect(over.open.final).toBe(true);
    expect(over.allowed(clerk)).toEqual([]);
    over.when('urge', clerk).then({ refused: 'not-now', state: 'over' });
  });
});

describe('two deadlines of one matter', () => {
  const ask = { workingDays: 1, reason: '需时。' };

  test('are told apart by the clock', () => {
    running.whenClock('report', at('2026-03-05')).then({ events: ['DeadlineMissed'] });
    running.whenClock('check', at('2026-03-05')).thenNothing();
  });

  test('are extended each for whoever owes it', () => {
    running
      .when('request-extension', housingLiaison, { ...ask, deadline: 'report' })
      .then({ events: ['ExtensionRequested'] });
    running.when('request-extension', housingLiaison, { ...ask, deadline: 'check' }).then({ refused: 'not-yours' });
    running
      .when('request-extension', disciplineOfficer, { ...ask, deadline: 'check' })
      .then({ events: ['ExtensionRequested'] });
    running.when('request-extension', disciplineOfficer, { ...ask, deadline: 'report' }).then({ refused: 'not-yours' });
    running.when('request-extension', clerk, { ...ask, deadline: 'report' }).then({ refused: 'not-yours' });
    running.when('request-extension', ecologyLiaison, { ...ask, deadline: 'report' }).then({ refused: 'not-found' });
  });

  test('are granted each on its own', () => {
    const asked = running
      .and('request-extension', housingLiaison, { ...ask, deadline: 'report' })
      .and('request-extension', disciplineOfficer, { ...ask, deadline: 'check', workingDays: 3 });
    const granted = asked.and('grant-extension', clerk, { deadline: 'check' });
    expect(granted.open.matter.deadlines.map((one) => [one.name, one.extended, one.request?.workingDays])).toEqual([
      ['report', 0, 1],
      ['check', 3, undefined],
    ]);
    granted.when('grant-extension', clerk, { deadline: 'check' }).then({ refused: 'not-requested' });
    granted
      .when('grant-extension', clerk2, { deadline: 'report' })
      .then({ events: ['ExtensionGranted', 'LettersIssued'] });
  });

  test('are no more open to extension when met, one by one', () => {
    const reported = running.and('report', housingLiaison);
    reported
      .when('request-extension', housingLiaison, { ...ask, deadline: 'report' })
      // It owes nothing any more, and is not offered what is another's to ask.
      .then({ refused: 'not-yours' });
    expect(reported.allowed(housingLiaison)).not.toContain('request-extension');
    reported
      .when('request-extension', disciplineOfficer, { ...ask, deadline: 'check' })
      .then({ events: ['ExtensionRequested'] });
  });

  test('end with the matter when it is withdrawn', () => {
    const withdrawn = running.and('withdraw', clerk, { reason: '派错。' });
    expect(withdrawn.open.matter.deadlines.map((one) => one.ended)).toEqual([true, true]);
  });

  test('may not be asked for by the names of what every object has', () => {
    for (const deadline of ['constructor', '__proto__', 'toString'])
      running.when('request-extension', housingLiaison, { ...ask, deadline }).then({ refused: 'unknown-deadline' });
  });
});

describe('to-dos', () => {
  test('wait for every party of a command, with the day of the deadline that it is named after', () => {
    expect(running.open.todos()).toEqual([
      { act: 'report', title: '报告', assignee: 'unit:housing', except: [], since: running.now, dueOn: '2026-03-04' },
      { act: 'finish', title: '办结', assignee: 'role:supervision', except: [], since: running.now },
      { act: 'finish', title: '办结', assignee: 'role:discipline', except: [], since: running.now },
    ]);
  });

  test('leave out whoever is recused', () => {
    const story = running.and('recuse', disciplineOfficer, { person: 'discipline-officer', ground: '亲属。' });
    for (const todo of story.open.todos()) expect(todo.except).toEqual(['discipline-officer']);
  });
});

describe('a subject of the matter who carries two roles', () => {
  test('may do what is open to the unit, also where the office may do it too', () => {
    running.when('report', both).then({ events: ['DeadlineMet'] });
    running.when('remark', both).then({ events: ['Urged'] });
  });

  test('may do nothing that only authority opens', () => {
    running.when('urge', both).then({ refused: 'handler-is-subject' });
    running.when('finish', both).then({ refused: 'handler-is-subject' });
    expect(running.allowed(both)).not.toContain('urge');
    expect(running.allowed({ ...both, id: 'somebody-else' })).toContain('urge');
  });
});

describe('the summary of a matter', () => {
  test('holds what lists need and can be stored', () => {
    const summary = summarize(running.open);
    expect(matterSummary.parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
    expect(summary).toMatchObject({
      kind: 'errand',
      id: 'm1',
      state: 'running',
      version: 1,
      headline: '跑腿',
      final: false,
    });
    expect(summary.gate).toEqual({ file: ['role:supervision', 'role:discipline'], own: ['unit:housing'] });
  });

  test('shows a deadline with its light of the day, and nothing of what the clock said', () => {
    const [stored] = summarize(running.open).deadlines;
    expect(stored).toBeDefined();
    if (stored === undefined) return;
    expect(showDeadline(stored, '2026-03-05')).toEqual({
      name: 'report',
      dueOn: '2026-03-04',
      firm: true,
      earliest: '2026-03-04',
      latest: '2026-03-04',
      light: 'red',
      metAt: null,
      late: false,
      extended: 0,
      basis: { startedOn: '2026-03-02', amount: 2, unit: 'working-day', calendar: '2026#1' },
    });
  });

  test('keeps the version that a person last made', () => {
    expect(summarize(running.andClock('report', at('2026-03-05')).open).version).toBe(1);
  });
});

test('a file begins without anything before it', () => {
  expect(running.commits[0]?.previousHash).toBe(firstPreviousHash);
});
