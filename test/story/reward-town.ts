import type { Caller } from '@dandang/access/caller.ts';
import type { CivilDate } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import { reward } from '@dandang/measures/reward/reward.ts';
import type { StandingEvent } from '@dandang/measures/tolerance/standing.ts';
import { organizationOfficer } from './interview-town.ts';
import { at, beginning, given, type Story, type World } from './story.ts';
import { commerceLiaison, toleranceTown } from './tolerance-town.ts';
import { housingLiaison, principal } from './town.ts';

/** Stories about rewards, in the town of tolerance: a flood-relief team and one official are nominated by housing. */

/** A Thursday. Sunday the twentieth is a working day made up, so that five working days end on Wednesday the 23rd. */
export const publicisedOn: CivilDate = '2026-09-17';
export const lastDay: CivilDate = '2026-09-23';
export const dayAfter: CivilDate = '2026-09-24';

/** What a nomination says unless a story says otherwise. */
export const nomination = {
  project: '防汛抗洪抢险',
  kind: 'timely-reward',
  candidates: [{ official: 'housing-director' }, { collective: { unit: 'transport', name: '抢险突击队' } }],
  merits: '连续奋战九昼夜，转移群众，保住堤防。',
  frontline: true,
  mainDuty: false,
  deedOn: '2026-08-20',
  citations: [
    { official: 'housing-director', clause: '直接承担急难险重任务的', facts: '带队封堵管涌三处。' },
    { collective: '抢险突击队', clause: '直接处理突发事件的', facts: '抢通断道两条。' },
  ],
};
export const assessment = { result: 'merited', findings: '事迹属实。', evidence: '现场记录、走访笔录。' };
export const opinion = { opinion: '同意奖励。' };
export const objection = { content: '封堵管涌的另有其人。' };
export const answer = { objection: 'objection-1', outcome: 'dismissed', reason: '经核实，事迹属实。' };

type Change = Readonly<Record<string, unknown>>;

export const nominated = (world: World = toleranceTown, change: Change = {}, by: Caller = housingLiaison): Story =>
  given(reward, world, at('2026-09-14')).opened(by, { ...nomination, ...change });
export const assessed = (world?: World, change?: Change, assessmentChange: Change = {}): Story =>
  nominated(world, change).and('assess', organizationOfficer, { ...assessment, ...assessmentChange });
export const approved = (world?: World, change?: Change): Story =>
  assessed(world, change).and('approve', principal, opinion);
/** On public notice from the Thursday on. */
export const publicised = (world?: World, change?: Change): Story =>
  approved(world, change).and('publicise', organizationOfficer, {}, { now: at(publicisedOn) });
/** Somebody of another unit objects on the Sunday that is a working day. */
export const objected = (story: Story = publicised(), by: Caller = commerceLiaison): Story =>
  story.and('object', by, objection, { now: at('2026-09-20') });
export const granted = (world?: World, change?: Change): Story =>
  publicised(world, change)
    .throughDay(dayAfter)
    .and('grant', organizationOfficer, {}, { now: at(dayAfter) });

type Standing = StandingEvent['data'];

/** The world in which an official stands so by these tolerance matters. */
export const standing = (
  official: string,
  entries: readonly (Pick<Standing, 'matter' | 'outcome'> & Partial<Standing>)[],
  world: World = toleranceTown,
): World => ({
  ...world,
  files: {
    ...world.files,
    [`standing/${official}`]: entries.map((entry, index): Commit => ({
      matter: `standing/${official}`,
      version: index + 1,
      at: beginning,
      by: { id: 'reaction', name: '联动', unit: '', roles: [] },
      command: 'change',
      request: { id: `${index}`, body: '' },
      events: [{ type: 'StandingChanged', data: { version: 1, rescinded: false, ...entry } }],
      previousHash: '',
    })),
  },
});
