import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '@dandang/accept/log.ts';
import { unseal } from '@dandang/casework/commit.ts';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import { type Answer, type ApiClient, signedIn } from '@dandang/local/api-client.ts';
import { type LocalService, startService } from '@dandang/local/service.ts';
import * as z from 'zod/mini';
import { dynaliteTown } from '../dynalite/dynalite-town.ts';
import { countWriteUnits, type WriteUnits } from './write-units.ts';

/** A commit as the bus tells of it: its file, and the types of its events. */
export interface Announced {
  readonly file: string;
  readonly events: readonly string[];
}

/** What one matter took, counted while it went from draft to closed on one machine. */
export interface MeasuredMatter {
  /** HTTP requests, the looking included. */
  readonly requests: number;
  /** Commits of all files: the matter, its deliveries, to-do mails, register. */
  readonly commits: number;
  /** Write units of both tables and their indexes, computed as AWS charges them (`write-units.ts`). */
  readonly writeUnits: number;
  /** Of these: what the read models cost, and what the indexes of both tables. */
  readonly viewUnits: number;
  readonly indexUnits: number;
  /** Rows of read models that were put. */
  readonly viewPuts: number;
  /** Read units, as the engine reports them with each answer. */
  readonly readUnits: number;
  /** Mails that went out. */
  readonly mails: number;
  /** Bytes of all commits, as hashed. */
  readonly commitBytes: number;
  /** Bytes of all answers' bodies. */
  readonly answerBytes: number;
  /** Bytes of all mails, letters included. */
  readonly mailBytes: number;
  /** Each commit as it is announced on the bus. */
  readonly announced: readonly Announced[];
}

const quiet: Log = { info: () => undefined, warn: () => undefined, error: (code, ids) => console.error(code, ids) };

const capacity = z.object({ CapacityUnits: z.optional(z.number()) });
/** One table's, or those of a request that names tables. */
const consumed = z.object({ ConsumedCapacity: z.optional(z.union([z.array(capacity), capacity])) });
const commitPut = z.object({
  TableName: z.literal('commits'),
  Item: z.object({ commit: z.object({ S: z.string() }) }),
});

type MatterAnswer = z.infer<typeof matterAnswerForm>;

function ok(answer: Answer): MatterAnswer {
  if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return matterAnswerForm.parse(answer.body);
}

/** A service to be measured, and what it took from `begin` on. */
class Measured {
  readonly #counted = { requests: 0, commits: 0, readUnits: 0, commitBytes: 0, answerBytes: 0 };
  readonly #announced: Announced[] = [];
  #folder = '';
  #mailBytesBefore = 0;
  #written: WriteUnits | undefined;
  #before: WriteUnits = { commits: 0, views: 0, indexes: 0, viewPuts: 0 };
  #mailsBefore = 0;
  #service: LocalService | undefined;

  get service(): LocalService {
    if (this.#service === undefined) throw new Error('nothing was started');
    return this.#service;
  }

  async start(folder: string): Promise<void> {
    this.#folder = folder;
    this.#service = await startService({
      folder,
      port: 0,
      startAt: '2026-09-15T10:00:00+08:00',
      policyId: 'yichang',
      demonstration: true,
      log: quiet,
      // DynamoDB tells what AWS would charge.
      openTown: () =>
        dynaliteTown((client) => {
          this.#written = countWriteUnits(client);
          client.middlewareStack.add(
            (next, { commandName = '' }) =>
              async (call) => {
                Object.assign(call.input, { ReturnConsumedCapacity: 'TOTAL' });
                const result = await next(call);
                const put = commitPut.safeParse(call.input);
                if (commandName !== 'PutItemCommand') {
                  const units = [consumed.parse(result.output).ConsumedCapacity ?? []].flat();
                  for (const { CapacityUnits = 0 } of units) this.#counted.readUnits += CapacityUnits;
                } else if (put.success) {
                  this.#counted.commits += 1;
                  this.#counted.commitBytes += Buffer.byteLength(put.data.Item.commit.S);
                  const { matter, events } = unseal({ commit: put.data.Item.commit.S });
                  this.#announced.push({ file: matter, events: events.map(({ type }) => type) });
                }
                return result;
              },
            { step: 'initialize', name: 'count-capacity' },
          );
        }),
    });
  }

  /** What was entered until now is the town's, not the matter's. */
  async begin(): Promise<void> {
    await this.service.settled();
    Object.assign(this.#counted, { requests: 0, commits: 0, readUnits: 0, commitBytes: 0, answerBytes: 0 });
    this.#announced.length = 0;
    this.#mailBytesBefore = await this.#mailBytes();
    this.#before = { ...(this.#written ?? this.#before) };
    this.#mailsBefore = (await this.service.mailbox.list()).length;
  }

  async #mailBytes(): Promise<number> {
    const folder = join(this.#folder, 'mail');
    const sizes = (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size);
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  #count(answer: Answer): Answer {
    this.#counted.requests += 1;
    this.#counted.answerBytes += Buffer.byteLength(JSON.stringify(answer.body));
    return answer;
  }

  /** A command, before which the person looks at the worklist. */
  async act(who: ApiClient, path: string, body?: unknown): Promise<Answer> {
    this.#count(await who.get('/api/todo'));
    const answer = await who.post(path, body);
    // People are slower than reactions: what follows from one act is there before the next.
    await this.service.settled();
    return this.#count(answer);
  }

  /** A command to a matter, before which the person looks at it as well. */
  async step(who: ApiClient, path: string, command: string, body?: unknown): Promise<MatterAnswer> {
    this.#count(await who.get(path));
    return ok(await this.act(who, `${path}/${command}`, body));
  }

  async outcome(): Promise<MeasuredMatter> {
    await this.service.settled();
    const mails = (await this.service.mailbox.list()).length - this.#mailsBefore;
    const now = this.#written ?? this.#before;
    const since = (what: keyof WriteUnits): number => now[what] - this.#before[what];
    return {
      ...this.#counted,
      announced: [...this.#announced],
      mails,
      mailBytes: (await this.#mailBytes()) - this.#mailBytesBefore,
      writeUnits: since('commits') + since('views'),
      viewUnits: since('views'),
      indexUnits: since('indexes'),
      viewPuts: since('viewPuts'),
    };
  }
}

type Signed = (name: string) => Promise<ApiClient>;

async function measured(
  drive: (measured: Measured, signed: Signed) => Promise<MeasuredMatter>,
): Promise<MeasuredMatter> {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-cost-'));
  const measured = new Measured();
  await measured.start(folder);
  try {
    return await drive(measured, (name) => signedIn(measured.service.url, name));
  } finally {
    await measured.service.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function aReminder(measured: Measured, signed: Signed): Promise<void> {
  const [clerk, leader, liaison] = [
    await signed('clerk'),
    await signed('deputy-leader'),
    await signed('housing-liaison'),
  ];
  const drafted = ok(
    await measured.act(clerk, '/api/reminders', {
      unit: 'housing',
      leader: 'deputy-leader',
      circumstance: 'slow-progress',
      subject: '老旧小区改造项目推进缓慢',
      findings: '（演示）截至上月底完成率低于序时进度，三个项目尚未开工。'.repeat(10),
      requirements: '（演示）逐项列明原因、责任人和开工时间，按期报送进展。'.repeat(5),
      replyWithin: { amount: 5, unit: 'working-day' },
    }),
  );
  const path = `/api/reminders/${drafted.id}`;
  await measured.step(clerk, path, 'submit');
  await measured.step(leader, path, 'approve', { opinion: '同意印发。' });
  const issued = await measured.step(clerk, path, 'issue');
  await measured.service.settled();
  for (const { id, as } of issued.deliveries)
    await measured.act(as === 'prompt' ? leader : liaison, `/api/deliveries/${id}/acknowledge`);
  const measures = '（演示）三个项目已分别明确责任人，本月内全部开工。'.repeat(10);
  await measured.step(liaison, path, 'reply', { measures });
  await measured.step(clerk, path, 'review', { outcome: 'effective', opinion: '同意办结。' });
}

/**
 * Drives reminders through everything that is usual, each act preceded by a look at the worklist and the matter, and
 * counts the last: the first of a day also pays for the mails that tell everybody once a day of what waits.
 */
export const measureReminder = (before = 0): Promise<MeasuredMatter> =>
  measured(async (measured, signed) => {
    for (let count = 0; count < before; count += 1) await aReminder(measured, signed);
    await measured.begin();
    await aReminder(measured, signed);
    return measured.outcome();
  });

/** The same of an interview, from its application until it is struck off; the days on which the clock speaks are in it. */
export const measureInterview = (): Promise<MeasuredMatter> =>
  measured(async (measured, signed) => {
    const [clerk, principal, committee, discipline, organization, liaison] = [
      await signed('clerk'),
      await signed('principal-leader'),
      await signed('committee-officer'),
      await signed('discipline-officer'),
      await signed('organization-officer'),
      await signed('housing-liaison'),
    ];
    await measured.begin();
    const applied = ok(
      await measured.act(clerk, '/api/interviews', {
        subjects: [{ official: 'housing-director', responsibility: 'principal' }],
        circumstance: 'key-work-delayed',
        grounds: '（演示）重点工作落实不力，进度滞后，提醒后成效不明显。'.repeat(5),
      }),
    );
    const path = `/api/interviews/${applied.id}`;
    await measured.step(principal, path, 'approve', { opinion: '同意约谈。' });
    await measured.step(committee, path, 'plan', {
      at: '2026-09-16T15:00:00+08:00',
      place: '（演示）市委二号会议室',
      lead: 'deputy-leader',
      participants: ['discipline-officer', 'organization-officer'],
      agenda: '（演示）通报情况，听取说明，提出整改要求。',
    });
    await measured.step(discipline, path, 'concur');
    await measured.step(organization, path, 'concur');
    await measured.step(committee, path, 'notify');
    await measured.service.settled();
    const moved = await clerk.put('/dev/clock', { now: '2026-09-16T16:30:00+08:00' });
    if (moved.status !== 200) throw new Error(`the clock answered ${moved.status}`);
    await measured.step(organization, path, 'hold', {
      heldAt: '2026-09-16T15:00:00+08:00',
      attendees: ['deputy-leader', 'discipline-officer', 'organization-officer', 'housing-director'],
      minutes: '（演示）约谈对象说明了情况，表示立即整改。'.repeat(10),
      requirements: ['（演示）制定整改方案，明确责任人和时限。'],
    });
    await measured.step(principal, path, 'decide-proposal', {
      official: 'housing-director',
      outcome: 'confirmed',
      reason: '按规定通报。',
      scope: '（演示）全市市直单位',
    });
    const plan = [
      { problem: '（演示）道路未开工', action: '倒排工期', responsible: '朱建（演示）', dueOn: '2026-09-30' },
    ];
    await measured.step(liaison, path, 'file-plan', { measures: plan });
    await measured.step(clerk, path, 'accept-plan', { reportEvery: { amount: 1, unit: 'month' } });
    await measured.step(liaison, path, 'report', { text: '（演示）已全部开工。'.repeat(10), progress: 60 });
    await measured.step(liaison, path, 'report-measure', { measure: 1, done: true, text: '（演示）已倒排工期。' });
    await measured.step(liaison, path, 'complete', { text: '（演示）全部完工。' });
    await measured.step(clerk, path, 'review', { outcome: 'passed', opinion: '整改到位，同意销号。' });
    return measured.outcome();
  });
