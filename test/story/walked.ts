import type { Caller } from '@dandang/access/caller.ts';
import type { Measure } from '@dandang/casework/measure.ts';
import { reminder } from '@dandang/measures/reminder/reminder.ts';
import type { SettingChanges } from '@dandang/policy/settings.ts';
import { demonstrationCity, demonstrationPeople } from './demonstration-city.ts';
import { ladderFile } from './interview-town.ts';
import { doneBy, type Elsewhere, type Node, StateGraph } from './state-graph.ts';
import { type Attempt, at, given, type Story } from './story.ts';
import { copiesOf, signed } from './tolerance-story.ts';
import { type Opening, openings } from './well-formed.ts';

/* Every measure in any city, walked by machine with the people of the demonstration, once. */

const begin = at('2026-03-02');
/** How many nodes of a measure are looked at in a city: the more, the more can be done to it. */
const most = ({ commandSheets }: Measure): number => Math.max(60, 2 * commandSheets.length);

export const personNamed = (id: string): Caller => {
  const found = demonstrationPeople.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the demonstration has no ${id}`);
  return found;
};

/** Clocks run that a deployment may set; one city's units sign off; two deadlines are chased once, the others without end. */
const terms: SettingChanges = {
  'tolerance.acceptWithin': { amount: 5, unit: 'working-day' },
  'tolerance.investigateWithin': { amount: 1, unit: 'month' },
  'tolerance.decideWithin': { amount: 10, unit: 'working-day' },
  'tolerance.signWithin': { amount: 5, unit: 'working-day' },
};
const besides: Readonly<Record<string, SettingChanges>> = {
  tangshan: { 'chaser.stopAfter': 1 },
  ankang: terms,
  bengbu: { ...terms, 'chaser.stopAfter': 1 },
  huangshi: { 'unit.signOff': { all: 'off', units: { housing: 'required' } }, 'chaser.stopAfter': 1 },
};

const opened = (empty: Story, { by: opener, body, then = [] }: Opening): Story => {
  let story = empty.opened(personNamed(opener), body(empty));
  for (const { command, by, nth } of then)
    story = doneBy(by === undefined ? demonstrationPeople : [personNamed(by)], story, command, nth);
  return story;
};

/** A reminder that was found ineffective: an interview comes from it. */
function ineffective(empty: Story): Story {
  const [first] = openings['reminder'] ?? [];
  if (first === undefined) throw new Error('no reminder begins');
  const [clerk, approver] = [personNamed('clerk'), personNamed('deputy-leader')];
  const issued = opened(empty, first)
    .and('submit', clerk)
    .and('approve', approver, { opinion: '同意。' })
    .and('issue', clerk);
  // Where units sign off, a head does what counts here: the unit's own system sent it.
  const liaison = { ...personNamed('housing-liaison'), signedBy: { name: '潘签', on: '2026-03-02' } };
  return issued
    .and('reply', liaison, { measures: '已重新排定工期。' })
    .and('review', clerk, { outcome: 'ineffective', opinion: '成效不明显。' });
}

/** What happens to other files and is heard of: an interview from a reminder, a ladder, a revoked origin, signatures. */
const elsewhere: Elsewhere = (story) => {
  const { kind } = story.measure;
  const { state, subjects, letters } = story.open.matter;
  const heard: { name: string; attempt: Attempt }[] = [];
  const hear = (name: string, data: unknown, of: Story = story): void => {
    heard.push({ name, attempt: of.whenReacted(name, data) });
  };
  if (kind === 'reminder') {
    hear('interview-changed', { interview: 'i1', state: 'running' });
    hear('interview-changed', { interview: 'i1', state: 'cancelled' });
  }
  if (kind === 'interview') {
    if (story.commits.some(({ events }) => JSON.stringify(events[0]?.data).includes('"origin"')))
      hear('origin-revoked', 'ineffective');
    const held = story.events.some(({ type }) => type === 'InterviewHeld') && state !== 'annulled';
    for (const { id } of held ? subjects : [])
      for (const before of [0, 3]) {
        const entries = [
          ...Array.from({ length: before }, (_, index) => ({ interview: `i${index}`, heldAt: at('2026-02-02') })),
          { interview: story.id, heldAt: story.now },
        ];
        const files = { ...story.world.files, [`ladder/${id}`]: ladderFile(entries) };
        hear('ladder-changed', id, story.within({ files }));
      }
  }
  if (kind === 'tolerance' && letters.some(({ type }) => type === 'tolerance-decision'))
    hear('delivery-signed', undefined, signed(story, ...copiesOf(story).map(({ recipient }) => recipient.id)));
  return heard.filter(({ attempt }) => attempt.refusal === undefined && attempt.events.length > 0);
};

export interface Walked {
  readonly graph: StateGraph;
  /** The nodes whose edges were all tried. */
  readonly tried: readonly Node[];
}
const known = new Map<string, Walked>();

/** A measure in a city, walked once. */
export function walked(measure: Measure, city: string): Walked {
  const name = `${city} ${measure.kind}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  const world = demonstrationCity(city, besides[city]);
  const origin = ineffective(given(reminder, world, begin)).commits;
  const empty = given(measure, { ...world, files: { ...world.files, 'reminder/ineffective': origin } }, begin);
  const graph = new StateGraph(demonstrationPeople, elsewhere);
  for (const opening of openings[measure.kind] ?? []) graph.nodeOf(opened(empty, opening), [`${opening.by} opens`]);
  const result = { graph, tried: graph.walk(most(measure)) };
  known.set(name, result);
  return result;
}
