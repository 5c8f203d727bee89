import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deliveryAnswer, listForm, matterAnswerForm, standingAnswer } from '@dandang/api/answers.ts';
import { numberReserved } from '@dandang/accept/register.ts';
import * as z from 'zod/mini';
import { type Heard, type Person, said, signIn } from './caller.ts';
import { day, type Running, start, unexpectedComplaints, verifyFolder } from './killable-service.ts';
import { application, exempting, factors, investigators } from './tolerance-acts.ts';

/** Whose interviews are to be tolerated: each has a decision of its own, and a death of the service with it. */
const officials = [
  ['housing-director', 'housing'],
  ['housing-deputy', 'housing'],
  ['ecology-director', 'ecology'],
  ['commerce-director', 'commerce'],
  ['transport-director', 'transport'],
] as const;
type Official = (typeof officials)[number][0];

const people = [
  'clerk',
  'principal-leader',
  'committee-officer',
  'discipline-officer',
  'discipline-officer-2',
  'discipline-head',
  'organization-officer',
  ...officials.map(([official]) => official),
] as const;
type Name = (typeof people)[number];

const signedIn = async (url: string): Promise<(name: Name) => Person> => {
  const found = new Map(await Promise.all(people.map(async (name) => [name, await signIn(url, name)] as const)));
  return (name) => {
    const person = found.get(name);
    if (person === undefined) throw new Error(`nobody is called ${name}`);
    return person;
  };
};

const idOf = (heard: Heard): string => said(heard, z.object({ id: z.string() })).id;

/** An interview of the official in the afternoon; gives its path. */
async function notified(as: (name: Name) => Person, official: Official): Promise<string> {
  const opened = await as('clerk').post('/api/interviews', {
    subjects: [{ official, responsibility: 'principal' }],
    circumstance: 'key-work-delayed',
    grounds: '进度滞后。',
  });
  const path = `/api/interviews/${idOf(opened)}`;
  const does = async (name: Name, command: string, body: unknown = {}) =>
    said(await as(name).post(`${path}/${command}`, body), matterAnswerForm);
  await does('principal-leader', 'approve', { opinion: '同意。' });
  await does('committee-officer', 'plan', {
    at: `${day}T15:00:00+08:00`,
    place: '会议室',
    lead: 'principal-leader',
    participants: ['discipline-officer', 'organization-officer'],
    agenda: '听取说明。',
    anyway: true,
    reason: '同一时段集中约谈。',
  });
  for (const organ of ['discipline-officer', 'organization-officer'] as const) await does(organ, 'concur');
  await does('committee-officer', 'notify');
  return path;
}

const hold = async (as: (name: Name) => Person, path: string, official: Official) =>
  said(
    await as('organization-officer').post(`${path}/hold`, {
      heldAt: `${day}T15:00:00+08:00`,
      attendees: ['principal-leader', 'discipline-officer', 'organization-officer', official],
      minutes: '作了说明。',
      requirements: ['整改。'],
    }),
    matterAnswerForm,
  );

/** A tolerance that waits for its decision. */
interface Case {
  readonly official: Official;
  readonly unit: string;
  readonly interview: string;
  readonly path: string;
}

/** The official's tolerance of that interview, up to the moment before it is decided; gives its path. */
async function proposed(
  as: (name: Name) => Person,
  { official, unit, interview }: Omit<Case, 'path'>,
): Promise<string> {
  const rests = { matters: [{ kind: 'interview', id: interview }] };
  const opened = await as(official).post('/api/tolerance', {
    ...application,
    official,
    unit,
    accountability: { ...application.accountability, ...rests },
  });
  const path = `/api/tolerance/${idOf(opened)}`;
  const does = async (name: Name, command: string, body: unknown = {}) =>
    said(await as(name).post(`${path}/${command}`, body), matterAnswerForm);
  await does('discipline-officer', 'accept');
  await does('discipline-officer', 'investigate', { investigators });
  await does('discipline-officer', 'assess', { factors, circumstances: ['risk-decision'] });
  await does('discipline-officer', 'hear', { statement: '已听取。' });
  await does('discipline-officer-2', 'propose', { outcome: 'exempt', reasons: '可以容错。' });
  return path;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** How many mails lie in the folder's mailbox. */
const mailsIn = async (folder: string): Promise<number> =>
  (await readdir(join(folder, 'mail'))).filter((name) => name.endsWith('.eml')).length;

/** Waits until the mailbox has that many mails more than before. */
async function arrived(folder: string, before: number, more: number): Promise<void> {
  while ((await mailsIn(folder)) < before + more) await pause(1);
}

/** When the service dies: `answered` resolves with the answer to the decision, `arrives` once so many mails have come. */
type Moment = (answered: Promise<unknown>, arrives: (more: number) => Promise<void>) => Promise<unknown>;
const moments: readonly Moment[] = [
  () => pause(8),
  (answered) => answered,
  (_answered, arrives) => arrives(1),
  (_answered, arrives) => arrives(3),
  (_answered, arrives) => arrives(5),
];

const decide = (person: Person, path: string): Promise<Heard> =>
  person.post(`${path}/decide`, exempting, { headers: { 'idempotency-key': `decide-${path}` } });

test('a decision that is cut off by a kill is on file once, and reaches every body by one delivery and one Message-ID', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dandang-tolerance-kill-'));
  const cases: Case[] = [];
  try {
    let service: Running = await start(folder);
    let as = await signedIn(service.url);
    const interviews: (Pick<Case, 'official' | 'unit'> & { readonly held: string })[] = [];
    for (const [official, unit] of officials) interviews.push({ official, unit, held: await notified(as, official) });
    expect((await as('clerk').put('/dev/clock', { now: `${day}T16:30:00.000+08:00` })).status).toBe(200);
    for (const { official, unit, held } of interviews) {
      await hold(as, held, official);
      const one = { official, unit, interview: held.slice(held.lastIndexOf('/') + 1) };
      cases.push({ ...one, path: await proposed(as, one) });
    }
    await as('clerk').get('/dev/mail');

    for (const [index, { path }] of cases.entries()) {
      const before = await mailsIn(folder);
      // The kill may break the connection; anything else is a defect.
      const answered = decide(as('discipline-head'), path).catch((error: unknown) => {
        if (!/fetch failed|terminated|ECONN|socket/.test(String(error))) throw error;
      });
      await moments[index]?.(answered, (more) => arrived(folder, before, more));
      await service.kill();
      await answered;
      service = await start(folder);
      as = await signedIn(service.url);
      // Whoever was cut off asks again with its key, and is told what was done.
      expect(said(await decide(as('discipline-head'), path), matterAnswerForm).state).toBe('correcting');
    }
    // The lease of an attempt that a kill cut off has to run out first.
    expect((await as('clerk').put('/dev/clock', { now: `${day}T17:30:00.000+08:00` })).status).toBe(200);
    await as('clerk').get('/dev/mail');

    const numbers = new Map<string, readonly string[]>();
    for (const { official, unit, path, interview } of cases) {
      const bodies = [official, unit, 'organization', 'inspection', 'audit'];
      const matter = said(await as('discipline-head').get(path), matterAnswerForm);
      expect(matter.documents).toHaveLength(1);
      numbers.set(matter.documents[0]?.number ?? '', bodies);
      expect(matter.deliveries.map(({ recipient, state }) => `${recipient.id} ${state}`)).toEqual(
        bodies.map((body) => `${body} sent`),
      );
      const listed = said(await as('discipline-head').get('/api/deliveries?limit=100'), listForm(deliveryAnswer));
      const deliveries = z.parse(z.array(deliveryAnswer), listed.items);
      expect(deliveries.filter((one) => one.matter?.id === matter.id)).toHaveLength(5);

      const standing = said(
        await as('organization-officer').get(`/api/officials/${official}/standing`),
        standingAnswer,
      );
      expect(new Set(standing.items.map((line) => line.matter.id))).toEqual(new Set([matter.id]));
      expect(new Set(standing.items.map((line) => `${line.purpose} ${line.text}`)).size).toBe(standing.items.length);
      const { details } = said(await as('clerk').get(`/api/interviews/${interview}`), matterAnswerForm);
      expect(details['ladder']).toMatchObject([{ official, count: 0, proposal: null }]);
    }
    expect(numbers.size).toBe(cases.length);

    const form = z.array(
      z.object({ messageId: z.string(), to: z.string(), subject: z.string(), possibleDuplicate: z.boolean() }),
    );
    const mails = said(await as('clerk').get('/dev/mail'), form).filter(({ subject }) =>
      subject.includes('容错处理决定书'),
    );
    for (const [number, bodies] of numbers) {
      const got = new Map<string, Set<string>>();
      for (const { to, messageId } of mails.filter(({ subject }) => subject.includes(number)))
        got.set(to, (got.get(to) ?? new Set()).add(messageId));
      expect([...got].map(([to, ids]) => `${to} ${ids.size}`).sort()).toEqual(
        bodies.map((body) => `${body}@dandang.example 1`).sort(),
      );
    }
    await service.kill();

    expect(unexpectedComplaints()).toEqual([]);
    const files = await verifyFolder(folder);
    const typesOf = (file: string) => (files.get(file) ?? []).flatMap(({ events }) => events.map(({ type }) => type));
    for (const { official } of cases) {
      expect(typesOf(`standing/${official}`)).toEqual(['StandingChanged']);
      expect(typesOf(`ladder/${official}`)).toEqual(['InterviewEntered', 'InterviewLeft']);
    }
    const register = [...files].flatMap(([file, commits]) => (file.startsWith('register/演容') ? commits : []));
    const reserved = register.flatMap(({ events }) => events.map((event) => numberReserved.parse(event).data.matter));
    expect(new Set(reserved).size).toBe(reserved.length);
    expect(reserved).toHaveLength(cases.length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
