import { bringEffectsUpTo } from '@dandang/accept/effects.ts';
import { measureRoutes } from '@dandang/api/measure-routes.ts';
import { chinaDate, type Instant } from '@dandang/calendar/civil-date.ts';
import { verifyChain } from '@dandang/casework/commit.ts';
import type { Delivery } from '@dandang/casework/delivery.ts';
import { foldLadder } from '@dandang/measures/interview/ladder.ts';
import { interview } from '@dandang/measures/interview/interview.ts';
import { foldStanding } from '@dandang/measures/tolerance/standing.ts';
import { tolerance } from '@dandang/measures/tolerance/tolerance.ts';
import { readFile } from '@dandang/store/file.ts';
import {
  ladderKey,
  matterKey,
  officialKey,
  registerKey,
  settingsKey,
  standingKey,
  unitKey,
} from '@dandang/store/keys.ts';
import * as z from 'zod/mini';
import { held, interviewSettings } from '../story/interview-town.ts';
import { exempting, application, proposed } from '../story/tolerance-story.ts';
import { disciplineHead, toleranceSettings, toleranceTown } from '../story/tolerance-town.ts';
import { clerk } from '../story/town.ts';
import { Rig } from './rig.ts';

/** When the case is entered, and when it is decided: days later, so that no night looks at what was there before. */
const entered: Instant = '2026-03-05T18:00:00.000+08:00';
const untilDecided = 3 * 86_400 + 16 * 3_600;

const official = 'housing-director';
const id = 'm1';
const file = matterKey('tolerance', id);

const countShown = z.object({
  ladder: z.array(z.object({ count: z.number(), proposal: z.nullable(z.string()) })),
});

/** What is put on file before the decision: an interview of the official that was held, and its tolerance, proposed. */
const interviewed = held();
const world = { ...toleranceTown, files: { [matterKey('interview', id)]: interviewed.commits } };
const { accountability } = application;
const waiting = proposed(world, { accountability: { ...accountability, matters: [{ kind: 'interview', id }] } });

/** The five who get the decision, and where. */
export const recipients: Readonly<Record<string, string>> = {
  [official]: `${official}@housing.example`,
  housing: 'office@housing.example',
  organization: 'office@organization.example',
  inspection: 'office@inspection.example',
  audit: 'office@audit.example',
};

/**
 * The consumers with a tolerance that waits for its decision. What the decision sets going lies in several files: the
 * register of numbers, the official's standing, the ladder of interviews, five deliveries and the mails about to-dos.
 */
export class ToleranceRig extends Rig {
  constructor() {
    super(entered);
  }

  async enterCase(): Promise<void> {
    for (const { id: unit, ...entry } of toleranceTown.units) await this.enter(unitKey(unit), 'UnitEntered', entry);
    for (const { id: person, ...entry } of toleranceTown.officials)
      await this.enter(officialKey(person), 'OfficialEntered', entry);
    for (const change of [interviewSettings, toleranceSettings, {}])
      await this.enter(settingsKey('yichang'), 'SettingsChanged', change);
    for (const sealed of [...interviewed.file, ...waiting.file])
      await this.commits.append({ ...sealed, day: chinaDate(sealed.at) });
    await bringEffectsUpTo(this.core, interview, id);
    for (const ring of this.rings.views.splice(0)) await this.projects(ring);
    this.rings.publish.length = 0;
    this.pass(untilDecided);
  }

  /** The request, with its key: the route that a portal calls, with all that it does before it answers. */
  readonly decides = (): Promise<void> => this.#asks('decide', exempting);
  readonly rescinds = (): Promise<void> => this.#asks('rescind', { reason: '发现隐瞒。' });

  async #asks(command: string, body: unknown): Promise<void> {
    const deps = {
      ...this.core,
      verifyToken: () => Promise.reject(new Error('nobody signs in here')),
      attachments: { stat: () => Promise.resolve(undefined) },
    };
    const route = measureRoutes(tolerance, deps).find(({ path }) => path.endsWith('/{command}'));
    if (route === undefined || route.open === true) throw new Error('there is no route for commands');
    const answer = await route.handle({
      caller: disciplineHead,
      path: `/api/tolerance/${id}/${command}`,
      params: { id, command },
      query: new URLSearchParams(),
      header: (name) => (name === 'idempotency-key' ? 'once' : undefined),
      body,
    });
    if ('refused' in answer) throw new Error(`${command}: ${answer.refused}`);
  }

  async #events(key: string): Promise<string[]> {
    const { commits } = await readFile(this.commits, key);
    return commits.flatMap((commit) => commit.events.map((event) => event.type));
  }

  async isDecided(): Promise<boolean> {
    return (await this.#events(file)).includes('ToleranceDecided');
  }

  /** What the stream and the queue may do at any time: give out again what they gave out before. */
  async givesOutAgain(): Promise<void> {
    for (const key of await this.files()) {
      const { version } = await readFile(this.commits, key);
      const ring = { file: key, versions: Array.from({ length: version }, (_one, index) => index + 1) };
      this.rings.views.push(ring);
      // Of older commits the receipts are there.
      const today = (await this.commits.read(key)).filter(({ day }) => day === chinaDate(this.now));
      this.rings.publish.push({ file: key, versions: today.map((one) => one.version) });
    }
    for (const { id: delivery, state } of await this.deliveries())
      if (state === 'queued') this.messages.push({ delivery });
  }

  /** Night after night without a stream or a queue, until the comparison finds nothing more. */
  async nights(): Promise<void> {
    for (let night = 0; night < 20; night += 1) {
      this.rings.views.length = 0;
      this.rings.publish.length = 0;
      this.messages.length = 0;
      const { viewsLagged, receiptsMissing, requeued } = await this.reconciles();
      for (const message of this.messages.splice(0)) await this.sends(message);
      this.pass(100);
      if (viewsLagged + receiptsMissing + requeued === 0 && this.rings.views.length === 0) return;
    }
    throw new Error('the nights never came to rest');
  }

  /** The deliveries of the decision. */
  async distributed(): Promise<readonly Delivery[]> {
    return (await this.deliveries()).filter((one) => one.matter?.kind === tolerance.kind);
  }

  /** What lies in the files, one line for everything that must be there once. */
  async onFile(): Promise<Readonly<Record<string, unknown>>> {
    const ladder = await readFile(this.commits, ladderKey(official));
    const standing = foldStanding((await readFile(this.commits, standingKey(official))).commits);
    const files = await this.files();
    const chains = await Promise.all(
      files.map(async (key) => (verifyChain(key, await this.commits.read(key)).intact ? [] : [key])),
    );
    const interviewNow = interview.fold(id, (await readFile(this.commits, matterKey('interview', id))).commits);
    return {
      decisions: (await this.#events(file)).filter((type) => type === 'ToleranceDecided').length,
      numbers: await this.#events(registerKey('演容', 2026)),
      standing: await this.#events(standingKey(official)),
      stands: standing.at(-1),
      ladder: await this.#events(ladderKey(official)),
      counts: foldLadder(ladder.commits).map(({ counts }) => counts),
      recounted: z.parse(countShown, interviewNow?.details('file', clerk)).ladder,
      deliveries: (await this.distributed())
        .map(({ recipient, state, history }) => {
          const queued = history.filter(({ what }) => what === 'DeliveryQueued').length;
          return `${recipient.id} ${state}, queued ${queued} time`;
        })
        .sort(),
      rowsThatDiffer: await this.rowsThatDiffer(),
      brokenChains: chains.flat(),
    };
  }

  /** What the nights put on file of themselves is not counted. */
  async commitsMade(): Promise<number> {
    const files = (await this.files()).filter((key) => !key.startsWith('schedule/'));
    return (await Promise.all(files.map((key) => this.commits.read(key)))).flat().length;
  }
}
