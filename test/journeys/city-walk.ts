import { matterAnswerForm, problemAnswer, standingAnswer } from '@dandang/api/answers.ts';
import { instantAt, msOf } from '@dandang/calendar/civil-date.ts';
import * as z from 'zod/mini';
import { cityCompletions } from '../story/city-completions.ts';
import { said } from './caller.ts';
import { type MatterAnswer, type Name, names, type RunningTown } from './running-town.ts';

/*
 * Walks any city through any measure with the people of the demonstration: a command is done by the first of them whom the
 * service allows it, so that a walk knows nothing of a city's procedure. What it is refused for want of a setting, it sets
 * and begins again, as the administrator of a city would.
 */

const named = z.object({ id: z.string(), name: z.optional(z.string()) });
const policyForm = z.object({
  id: z.string(),
  settings: z.record(z.string(), z.object({ value: z.unknown() })),
  reminder: z.object({ circumstances: z.array(named) }),
  interview: z.object({
    circumstances: z.array(named),
    planWithin: z.object({ value: z.unknown() }),
    procedure: z.object({ reviews: z.object({ together: z.object({ value: z.unknown() }) }) }),
  }),
  tolerance: z.object({
    circumstances: z.array(named),
    factors: z.array(named),
    copies: z.array(named),
    effects: z.array(z.object({ outcome: z.string(), circumstance: z.optional(z.string()) })),
  }),
  reward: z.object({ kinds: z.array(named) }),
  incomplete: z.array(z.object({ setting: z.string(), message: z.string() })),
});
export type CityPolicy = z.infer<typeof policyForm>;

const addSeconds = (at: string, seconds: number): string => instantAt(msOf(at) + seconds * 1000);
/** By the key of a setting, whichever a refusal names. */
const completions: Readonly<Record<string, unknown>> = cityCompletions;

/** What a body may know: the policy in force, what o'clock it is, and which attempt this is. */
interface Walking {
  readonly policy: CityPolicy;
  readonly now: string;
  /** An hour that no other attempt has taken. */
  readonly hour: string;
}
type Body = (walking: Walking) => Readonly<Record<string, unknown>>;

/** One step of a way: a command and what it says. */
export interface Step {
  readonly command: string;
  readonly body?: Body;
  /** Where the city's procedure knows no such step, there is none. */
  readonly where?: true;
  /** By everybody who may do it, each once. */
  readonly every?: true;
  /** The clock is moved there before. */
  readonly at?: (walking: Walking, matter: MatterAnswer) => string | undefined;
}

/** A way through a measure: who opens a matter, and what follows. */
export interface Way {
  readonly collection: string;
  readonly opens: Name;
  readonly body: Body;
  readonly steps: readonly Step[];
}

const first = (listed: readonly { readonly id: string }[]): string => listed[0]?.id ?? 'none-listed';
const tolerated = ({ policy: { tolerance } }: Walking): string =>
  tolerance.effects.find(({ outcome }) => outcome === 'exempt')?.circumstance ?? first(tolerance.circumstances);
const opinion = () => ({ opinion: '同意。' });
const noMatter = () => ({});
const organs = ['discipline-officer', 'organization-officer'];

/** To the end of every measure, by the way on which everything goes well. */
export const ways = {
  reminder: {
    collection: 'reminders',
    opens: 'clerk',
    body: ({ policy }) => ({
      unit: 'housing',
      leader: 'deputy-leader',
      circumstance: first(policy.reminder.circumstances),
      subject: '老旧小区改造项目推进缓慢',
      findings: '截至上月底完成率低于序时进度。',
      requirements: '逐项列明原因、责任人和开工时间。',
    }),
    steps: [
      { command: 'submit' },
      { command: 'approve', body: opinion },
      { command: 'issue' },
      { command: 'reply', body: () => ({ measures: '已重新排定工期。' }) },
      { command: 'review', body: () => ({ outcome: 'effective', opinion: '整改到位。' }) },
    ],
  },
  interview: {
    collection: 'interviews',
    opens: 'clerk',
    body: ({ policy }) => ({
      subjects: [{ official: 'housing-director', responsibility: 'principal' }],
      circumstance: first(policy.interview.circumstances),
      grounds: '老旧小区改造进度滞后。',
    }),
    steps: [
      { command: 'approve', body: opinion, where: true },
      {
        command: 'plan',
        body: ({ hour }) => ({
          at: hour,
          place: '市委第二会议室',
          lead: 'principal-leader',
          participants: organs,
          agenda: '听取说明，提出整改要求。',
        }),
      },
      { command: 'concur', where: true, every: true },
      { command: 'notify' },
      {
        command: 'hold',
        at: ({ hour }) => addSeconds(hour, 3600),
        body: ({ hour, policy }) => ({
          heldAt: hour,
          attendees: ['principal-leader', ...organs, 'housing-director'],
          minutes: '约谈对象作了说明。',
          requirements: ['全面排查。'],
          ...(policy.interview.planWithin.value === null ? { planWithin: { amount: 5, unit: 'working-day' } } : {}),
        }),
      },
      {
        command: 'file-plan',
        body: ({ hour }) => ({
          measures: [
            {
              problem: '三个项目未开工',
              action: '重新招标',
              responsible: '朱建（演示）',
              dueOn: addSeconds(hour, 30 * 86_400).slice(0, 10),
            },
          ],
        }),
      },
      { command: 'accept-plan' },
      { command: 'report-measure', body: () => ({ measure: 1, done: true, text: '已经完成。' }) },
      { command: 'complete', body: () => ({ text: '全部完成。' }) },
      {
        command: 'review',
        body: ({ policy }) => ({
          outcome: 'passed',
          opinion: '整改到位。',
          ...(policy.interview.procedure.reviews.together.value === true ? { together: ['organization'] } : {}),
        }),
      },
    ],
  },
  'risk-filing': {
    collection: 'risk-filings',
    opens: 'housing-liaison',
    body: () => ({
      unit: 'housing',
      decision: '先行启动老旧小区改造，手续并联办理。',
      uncertainty: '并联办理的政策依据不明确。',
      assessment: '如政策收紧，须补办手续。',
      safeguards: '全程留痕，每周报告。',
    }),
    steps: [{ command: 'accept' }, { command: 'conclude', body: () => ({ result: '按期完工。' }) }],
  },
  tolerance: {
    collection: 'tolerance',
    opens: 'housing-director',
    body: (walking) => ({
      initiator: 'official',
      official: 'housing-director',
      unit: 'housing',
      organ: 'discipline',
      accountability: {
        reference: '老旧小区改造先行开工一事',
        fact: '未取得施工许可即先行启动。',
        proposedHandling: '拟予诫勉',
      },
      circumstances: [tolerated(walking)],
      statement: '为赶在雨季前完工，经集体研究后先行启动。',
    }),
    steps: [
      { command: 'accept' },
      {
        command: 'investigate',
        body: () => ({ investigators: ['discipline-officer', 'discipline-officer-2'] }),
      },
      {
        command: 'assess',
        body: (walking) => ({
          factors: Object.fromEntries(
            walking.policy.tolerance.factors.map(({ id }) => [id, { finding: '出于公心。', evidence: '会议纪要。' }]),
          ),
          circumstances: [tolerated(walking)],
        }),
      },
      { command: 'hear', body: () => ({ statement: '已经补办。' }) },
      { command: 'propose', body: () => ({ outcome: 'exempt', reasons: '程序基本完备，未造成损失。' }) },
      {
        command: 'decide',
        body: ({ now }) => ({
          outcome: 'exempt',
          reasons: '出于公心，程序基本完备，未造成损失。',
          meeting: { body: '市纪委常委会', on: now.slice(0, 10) },
          correction: [{ requirement: '补办施工许可。', within: { amount: 5, unit: 'working-day' } }],
        }),
      },
      { command: 'file-correction', body: () => ({ report: '许可证已取得。' }) },
      { command: 'accept-correction' },
    ],
  },
  clarification: {
    collection: 'clarifications',
    opens: 'discipline-officer',
    body: () => ({
      official: 'housing-director',
      unit: 'housing',
      organ: 'discipline',
      report: { reference: '举报件第十七号', allegation: '反映其在招标中指定施工单位。' },
      finding: '招标公开进行，未发现干预。',
      form: 'written',
    }),
    steps: [{ command: 'approve', body: opinion }, { command: 'issue' }],
  },
  reward: {
    collection: 'rewards',
    opens: 'housing-liaison',
    body: ({ policy }) => ({
      project: '防汛抢险',
      kind: first(policy.reward.kinds),
      candidates: [{ official: 'housing-deputy' }],
      merits: '连续奋战九昼夜，保住堤防。',
      frontline: true,
      mainDuty: false,
      citations: [{ official: 'housing-deputy', clause: '直接承担急难险重任务的', facts: '带队封堵管涌三处。' }],
    }),
    steps: [
      {
        command: 'assess',
        body: () => ({ result: 'merited', findings: '事迹属实。', evidence: '现场记录。' }),
      },
      { command: 'approve', body: opinion },
      { command: 'publicise' },
      {
        command: 'grant',
        at: ({ now }, { deadlines }) => {
          const through = deadlines.find(({ name }) => name === 'notice-period')?.latest;
          return through === undefined ? undefined : addSeconds(`${through}${now.slice(10)}`, 86_400);
        },
      },
    ],
  },
} as const satisfies Readonly<Record<string, Way>>;
export type Walked = keyof typeof ways;

/** Something that was refused for want of a setting, and where. */
export interface Wanting {
  readonly measure: Walked;
  readonly command: string;
  readonly code: string;
  readonly setting: string;
}

/** A city that is walked; `wanting` is what it was refused on the way, oldest first. */
export class CityWalk {
  readonly town: RunningTown;
  readonly wanting: Wanting[] = [];
  #hours = 0;
  readonly #last = new Map<string, Name>();

  constructor(town: RunningTown) {
    this.town = town;
  }

  async policy(): Promise<CityPolicy> {
    return said(await this.town.as('admin').get('/api/policy'), policyForm);
  }

  /** Changes settings, as the administrator does. */
  async set(changes: Readonly<Record<string, unknown>>): Promise<void> {
    said(await this.town.as('admin').put('/api/policy/settings', changes), policyForm);
  }

  /** Takes back everything that the demonstration sets: the city as its article leaves it. */
  async asPublished(): Promise<void> {
    const { settings } = await this.policy();
    await this.set(Object.fromEntries(Object.keys(settings).map((key) => [key, null])));
  }

  /** Sets what a walked city's administrator would. */
  async complete(...settings: readonly string[]): Promise<void> {
    const unknown = settings.filter((setting) => !Object.hasOwn(completions, setting));
    if (unknown.length > 0) throw new Error(`nobody knows what to set for ${unknown.join(', ')}`);
    await this.set(Object.fromEntries(settings.map((setting) => [setting, completions[setting]])));
  }

  /** What the service says of itself: the settings without which something does not work. */
  async incomplete(): Promise<string[]> {
    return (await this.policy()).incomplete.map(({ setting }) => setting);
  }

  /** The people of the demonstration who may do a command now. */
  async whoMay(path: string, command: string, most: number = names.length): Promise<Name[]> {
    const found: Name[] = [];
    // Whoever did it the last time is asked first: most of a procedure is the same people's work.
    const known = this.#last.get(command);
    for (const name of known === undefined ? names : [known, ...names.filter((one) => one !== known)]) {
      const heard = await this.town.as(name).get(path);
      if (heard.status !== 200 || !said(heard, matterAnswerForm).allowed.includes(command)) continue;
      this.#last.set(command, name);
      if (found.push(name) === most) break;
    }
    return found;
  }

  /** From the opening to the end of a way; what a setting is wanting for is set, and the way begun again. */
  async walk(measure: Walked): Promise<{ readonly path: string; readonly matter: MatterAnswer }> {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const done = await this.#attempt(measure);
      if (!('setting' in done)) return done;
      this.wanting.push(done);
      await this.complete(done.setting);
    }
    throw new Error(`${measure} is refused again and again: ${JSON.stringify(this.wanting)}`);
  }

  async #attempt(measure: Walked): Promise<{ readonly path: string; readonly matter: MatterAnswer } | Wanting> {
    const way: Way = ways[measure];
    this.#hours += 1;
    const hour = addSeconds(await this.town.now(), this.#hours * 7200);
    const walking = async (): Promise<Walking> => ({ policy: await this.policy(), now: await this.town.now(), hour });
    const opened = await this.town.as(way.opens).post(`/api/${way.collection}`, way.body(await walking()));
    const refused = wantingOf(measure, 'open', opened);
    if (refused !== undefined) return refused;
    let matter = said(opened, matterAnswerForm);
    const path = `/api/${way.collection}/${matter.id}`;
    for (const step of way.steps) {
      const to = step.at?.(await walking(), matter);
      if (to !== undefined && to > (await this.town.now())) await this.town.moveTo(to);
      const able = await this.whoMay(path, step.command, step.every === true ? names.length : 1);
      for (const who of able) {
        const heard = await this.town.as(who).post(`${path}/${step.command}`, (step.body ?? noMatter)(await walking()));
        const wanting = wantingOf(measure, step.command, heard);
        if (wanting !== undefined) return wanting;
        matter = said(heard, matterAnswerForm);
      }
      if (able.length === 0 && step.where !== true)
        throw new Error(`nobody may ${step.command} ${path}, which is ${matter.state}`);
    }
    return { path, matter };
  }

  /** What must not be held against an official, and the rest of its standing. */
  async standing(official: string): Promise<z.infer<typeof standingAnswer>['items']> {
    const heard = await this.town.as('organization-officer').get(`/api/officials/${official}/standing`);
    return said(heard, standingAnswer).items;
  }
}

/** What a refusal says is unset; undefined for what was not refused. Any other refusal throws. */
function wantingOf(measure: Walked, command: string, heard: { status: number; body: unknown }): Wanting | undefined {
  if (heard.status < 400) return undefined;
  const { code, setting } = z.parse(problemAnswer, heard.body);
  if (setting === undefined) throw new Error(`${measure} ${command}: ${JSON.stringify(heard.body)}`);
  return { measure, command, code, setting };
}

export const documentsOf = ({ documents }: MatterAnswer): string[] => documents.map(({ type }) => type);
