import type { Caller } from '@dandang/access/caller.ts';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import { dryRunAnswer } from '@dandang/api/draft-answers.ts';
import { instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import { unseal } from '@dandang/casework/commit.ts';
import { issuedLetter } from '@dandang/casework/letter-issue.ts';
import type { Measure } from '@dandang/casework/measure.ts';
import { measures } from '@dandang/measures/registry.ts';
import { matterKey } from '@dandang/store/keys.ts';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { demonstrationCity, demonstrationPeople } from '../story/demonstration-city.ts';
import { at, Story } from '../story/story.ts';
import { openings, wellFormed } from '../story/well-formed.ts';
import { personNamed } from '../story/walked.ts';
import { type ApiCall, type ApiResponse, callApi } from './call.ts';
import { type DryRunTown, engines, openTown } from './dry-run-town.ts';

/*
 * A dry run says what the real one does at the same moment, and leaves no trace: random acts by random people, each tried
 * before it is done, on every engine.
 */

// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(300_000);

const begin = at('2026-03-02');
const world = demonstrationCity('yichang');

interface Drawn {
  /** Which of what may be done, or of everything there is. */
  readonly pick: number;
  readonly by: Caller;
  readonly hours: number;
  readonly what: 'allowed' | 'anything' | 'nonsense' | 'stale' | 'for-signature';
}
const drawn: fc.Arbitrary<Drawn> = fc.record({
  pick: fc.nat({ max: 10_000 }),
  by: fc.constantFrom(...demonstrationPeople),
  hours: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 20 }) }, fc.integer({ min: 0, max: 300 })),
  what: fc.oneof(
    { weight: 8, arbitrary: fc.constant('allowed' as const) },
    fc.constantFrom('anything' as const, 'nonsense' as const, 'stale' as const, 'for-signature' as const),
  ),
});

const issuedEvent = z.object({ letters: z.array(issuedLetter) });
const nowhere = /〔\d{4}〕(\d+|__)号/g;
const withoutNumbers = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll(nowhere, '〔〕号'));
const said = ({ status, headers, body }: ApiResponse) => ({ status, headers, body });

async function storyOf(town: DryRunTown, measure: Measure, id: string): Promise<Story> {
  const file = await town.commits.read(matterKey(measure.kind, id));
  return new Story(measure, world, id, town.clock.now, file);
}

/** What is asked of the matter next, as drawn; undefined where there is nothing of the kind. */
function asked(story: Story, { pick, by, what }: Drawn): (ApiCall & { readonly notBefore?: string }) | undefined {
  const { measure, id } = story;
  const everything = measure.commandSheets.map(({ name }) => name);
  const idle = ['withdraw', 'recuse', 'succeed'];
  const choices =
    what === 'anything'
      ? everything.map((command) => ({ command, who: by }))
      : demonstrationPeople.flatMap((who) =>
          story
            .allowed(who)
            .filter((command) => !idle.includes(command))
            .map((command) => ({ command, who })),
        );
  const choice = choices[pick % Math.max(1, choices.length)];
  if (choice === undefined) return undefined;
  const { command, who } = choice;
  const bodies = wellFormed[measure.kind]?.[command]?.(story, who) ?? [];
  const { body = {}, notBefore } = bodies[pick % Math.max(1, bodies.length)] ?? {};
  return {
    method: 'POST',
    path: `/api/${measure.collection}/${id}/${command}`,
    caller: who,
    body: what === 'nonsense' ? { nonsense: true } : body,
    ...(what === 'stale' ? { headers: { 'if-match': '"999"' } } : {}),
    ...(what === 'for-signature' ? { query: { for: 'signature' } } : {}),
    ...(notBefore === undefined ? {} : { notBefore }),
  };
}

const dryly = (call: ApiCall): ApiCall => ({ ...call, query: { ...call.query, dryRun: 'true' } });

/** Tries it, sees that nothing is left of that, does it, and compares; gives what the real one answered. */
async function triedAndDone(
  town: DryRunTown,
  call: ApiCall,
): Promise<{ readonly dry: ApiResponse; readonly real: ApiResponse }> {
  const before = await town.dump();
  const dry = await callApi(town.handler, dryly(call));
  expect((await town.dump()) === before).toBe(true);
  const real = await callApi(town.handler, call);
  if (real.status >= 400) expect(said(dry)).toEqual(said(real));
  else expect(dry.status).toBe(200);
  return { dry, real };
}

async function walk(town: DryRunTown, measure: Measure, pick: number, acts: readonly Drawn[]): Promise<number> {
  town.clock.now = begin;
  const all = openings[measure.kind] ?? [];
  const opening = all[pick % all.length];
  if (opening === undefined) throw new Error(`no ${measure.kind} begins`);
  const { origin: _, ...body } = opening.body(new Story(measure, world, 'new', begin, []));
  const path = `/api/${measure.collection}`;
  // Somebody who may not, and then who may.
  await triedAndDone(town, { method: 'POST', path, caller: personNamed('commerce-director'), body });
  const opened = await triedAndDone(town, { method: 'POST', path, caller: personNamed(opening.by), body });
  const { id, state } = matterAnswerForm.parse(opened.real.body);
  expect(dryRunAnswer.parse(opened.dry.body)).toMatchObject({ dryRun: true, state, letters: [] });
  let done = 0;
  for (const act of acts) {
    town.clock.now = instantAt(msOf(town.clock.now) + act.hours * 3_600_000);
    const before = await storyOf(town, measure, id);
    const call = asked(before, act);
    if (call === undefined) continue;
    if (call.notBefore !== undefined && call.notBefore > town.clock.now) town.clock.now = call.notBefore;
    const { dry, real } = await triedAndDone(town, call);
    if (real.status >= 400) continue;
    done += 1;
    const tried = dryRunAnswer.parse(dry.body);
    const answered = matterAnswerForm.parse(real.body);
    expect([tried.state, tried.deadlines]).toEqual([answered.state, answered.deadlines]);
    const commit = (await town.commits.read(matterKey(measure.kind, id), { from: before.file.length + 1 }))[0];
    const issued = (commit === undefined ? [] : unseal(commit).events)
      .filter(({ type }) => type === 'LettersIssued')
      .flatMap(({ data }) => issuedEvent.parse(data).letters)
      .filter((one) => answered.documents.some((document) => document.id === one.id));
    expect(
      withoutNumbers(
        tried.letters.map(({ content: { marking: _mark, ...content }, ...letter }) => ({ ...letter, content })),
      ),
    ).toEqual(
      withoutNumbers(
        issued.map(({ id: letter, type, typeName, title, number, content: { marking: _mark, ...content } }) => ({
          id: letter,
          type,
          typeName,
          title,
          ...(number === undefined ? {} : { number }),
          addressees: content.addressees,
          copies: content.copies,
          content,
        })),
      ),
    );
    expect(tried.letters.every(({ content }) => content.marking?.includes('草稿'))).toBe(true);
    const ids = new Set(issued.map((one) => one.id));
    expect(tried.recipients.map(({ id: to, as, document }) => [document, to, as])).toEqual(
      answered.deliveries
        .filter(({ document }) => ids.has(document))
        .map((one) => [one.document, one.recipient.id, one.as]),
    );
  }
  return done;
}

describe.each([
  { engine: 'memory', open: engines.memory, numRuns: 15 },
  { engine: 'sqlite', open: engines.sqlite, numRuns: 4 },
  { engine: 'dynalite', open: engines.dynalite, numRuns: 2 },
])('over $engine', ({ open, numRuns }) => {
  let town: DryRunTown;
  beforeAll(async () => {
    town = await openTown(open, begin);
  });
  afterAll(() => town.close());

  test.each(measures.map((measure) => ({ kind: measure.kind, measure })))(
    'a dry run of a $kind comes to what the real one does, and keeps nothing',
    async ({ measure }) => {
      let done = 0;
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: 20 }), fc.array(drawn, { minLength: 4, maxLength: 14 }), async (pick, acts) => {
          done += await walk(town, measure, pick, acts);
        }),
        { numRuns, endOnFailure: true },
      );
      expect(done).toBeGreaterThan(0);
    },
  );
});
