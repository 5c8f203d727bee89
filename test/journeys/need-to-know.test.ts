import { createHash } from 'node:crypto';
import { jest } from '@jest/globals';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import { declaredRoutes } from '../../functions/routes.ts';
import { tolerance } from '@dandang/measures/tolerance/tolerance.ts';
import { strFromU8, unzipSync } from 'fflate';
import * as z from 'zod/mini';
import { type Heard, type Person, said, signIn, verdict } from './caller.ts';
import {
  commands,
  type Facts,
  ignoredIn,
  newcomers,
  people,
  planted,
  type Probe,
  type Question,
  routes,
  type Stage,
  stages,
  type Who,
  whoIs,
  type Word,
} from './need-to-know-table.ts';
import { type Name, type RunningTown, startTown } from './running-town.ts';
import { application, decided, exempting, factors, filedAndAccepted, admonishing } from './tolerance-acts.ts';

/*
 * The need-to-know table, generated: everybody who can sign in asks for everything that the service declares, at every stage
 * of one tolerance matter. Whatever somebody is answered is searched for the words that are hidden in the matter.
 */

// A machine that is busy with other tests is slow, not wrong.
jest.setTimeout(120_000);

let town: RunningTown;
let persons: ReadonlyMap<string, Person>;
let facts: Facts;
let stage: Stage = 'applied';

beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
  const admin = town.as('admin');
  for (const { id, unit, roles, standsInFor } of newcomers) {
    const entry = { name: `${id}（演示）`, unit, roles };
    expect((await admin.put(`/api/directory/officials/${id}`, entry)).status).toBe(201);
    if (standsInFor === undefined) continue;
    const week = { person: id, from: '2026-09-15', to: '2026-09-30' };
    expect((await admin.put(`/api/directory/officials/${standsInFor}/stand-in`, week)).status).toBe(200);
  }
  await town.mails();
  const found = said(await town.nobody.get('/dev/people'), z.array(z.object({ id: z.string() })));
  persons = new Map(await Promise.all(found.map(async ({ id }) => [id, await signIn(town.url, id)] as const)));
});
afterAll(() => town.close());

describe('the table', () => {
  test('has a place for everybody who can sign in', () => {
    expect([...persons.keys()].sort()).toEqual(Object.keys(people).sort());
  });

  test('has a row for every route of the service', () => {
    const declared = Object.values(declaredRoutes)
      .flat()
      .map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(routes).sort()).toEqual(declared.sort());
  });

  test('has a row for every command of tolerance', () => {
    expect(Object.keys(commands).sort()).toEqual(tolerance.commandSheets.map(({ name }) => name).sort());
  });
});

const { text: evidenceFile } = planted['a file of the application'];
const { text: reportFile } = planted['a file of the report'];

/** Uploads a file under that name; gives its id. */
async function uploaded(name: Name, filename: string): Promise<string> {
  const bytes = new TextEncoder().encode(`%PDF-1.7 ${filename}`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { id, upload } = said(
    await town
      .as(name)
      .post('/api/attachments', { filename, contentType: 'application/pdf', size: bytes.length, sha256 }),
    z.object({ id: z.string(), upload: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }) }),
  );
  expect((await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: bytes })).status).toBe(200);
  return id;
}

/** What happens up to a stage, from the one before. */
const leadsTo: Readonly<Record<Stage, () => Promise<void>>> = {
  applied: async () => {
    const filing = await filedAndAccepted(town);
    const evidence = await uploaded('housing-director', evidenceFile);
    const body = {
      ...application,
      accountability: {
        reference: planted.reference.text,
        fact: planted.fact.text,
        proposedHandling: planted.handling.text,
      },
      statement: planted.application.text,
      riskFilings: [filing],
      attachments: [evidence],
    };
    const { id } = said(await town.as('housing-director').post('/api/tolerance', body), matterAnswerForm);
    const attachments = [{ id: evidence, word: 'a file of the application' as const }];
    facts = { id, filing, attachments, documents: [], deliveries: [] };
  },
  investigating: async () => {
    await does('discipline-officer', 'accept');
    await does('discipline-officer', 'investigate', {
      investigators: ['discipline-officer-2', 'gov-clerk', 'transport-director'],
    });
    const sheet = { finding: planted.finding.text, evidence: planted.evidence.text };
    await does('discipline-officer-2', 'assess', {
      factors: Object.fromEntries(Object.keys(factors).map((factor) => [factor, sheet])),
      circumstances: ['risk-decision'],
    });
    await does('housing-director', 'hear', { statement: planted.hearing.text });
  },
  proposed: async () => {
    await does('gov-clerk', 'propose', { outcome: 'exempt', reasons: planted.proposal.text });
  },
  correcting: async () => {
    await does('discipline-head', 'return', { reason: planted['sent back'].text });
    await does('gov-clerk', 'propose', { outcome: 'exempt', reasons: planted.proposal.text });
    await does('discipline-head', 'decide', {
      ...exempting,
      reasons: planted.reasons.text,
      correction: [{ requirement: planted.requirement.text, within: { amount: 5, unit: 'working-day' } }],
    });
    const report = await uploaded('housing-liaison', reportFile);
    await does('housing-liaison', 'file-correction', { report: planted.report.text, attachments: [report] });
    await does('discipline-officer', 'return-correction', { reason: planted.returned.text });
    const extension = { deadline: 'correction-1', workingDays: 2, reason: planted.extension.text };
    await does('housing-liaison', 'request-extension', extension);
    await does('housing-director', 'request-review', { grounds: planted.grounds.text });
    await does('discipline-head-2', 'decide-review', { outcome: 'maintained', reasons: planted.answer.text });
    const { documents, deliveries } = await town.matter('discipline-officer', path());
    facts = {
      ...facts,
      documents,
      deliveries: deliveries.map(({ id, recipient, documentType }) => ({ id, recipient: recipient.id, documentType })),
      attachments: [...facts.attachments, { id: report, word: 'a file of the report' }],
    };
  },
};
const path = (): string => `/api/tolerance/${facts.id}`;
const does = (name: Name, command: string, body: unknown = {}) => town.does(name, path(), command, body);

/** Everything that an answer says: its headers, and what is in the file where it is one. */
function textOf({ headers, bytes }: Heard): string {
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const parts = zipped ? Object.values(unzipSync(bytes)).map((part) => strFromU8(part)) : [strFromU8(bytes)];
  return [JSON.stringify([...headers]), ...parts].join('\n');
}

const reached = (from: Stage): boolean => stages.indexOf(from) <= stages.indexOf(stage);

/** What somebody got: the refusal, or the words that were found. */
function got(question: Question, heard: Heard): string {
  // What a mail is called ends in the domain that all addresses have.
  const text = textOf(heard).replaceAll(/<[0-9a-f]{40}@dandang\.example>/g, '');
  const ignored: readonly string[] = ignoredIn(question);
  const texts = { ...planted, id: { text: facts.id }, filing: { text: facts.filing } };
  const words = Object.entries(texts).flatMap(([word, one]) => (text.includes(one.text) ? [word] : []));
  return [verdict(heard), ...words.filter((word) => !ignored.includes(word)).sort()].join(' | ');
}
function expected(question: Question, who: Who): string {
  const answer = question.answer(who);
  if (typeof answer === 'string') return answer;
  const words = answer.filter((word) => word === 'id' || word === 'filing' || reached(planted[word].from));
  return ['200', ...[...new Set<Word>(words)].sort()].join(' | ');
}

const everybody = (): Who[] => [...persons.keys()].map((id) => whoIs(id, stage));
const person = ({ id }: Pick<Who, 'id'>): Person => {
  const found = persons.get(id);
  if (found === undefined) throw new Error(`nobody is called ${id}`);
  return found;
};
const questions = (): Question[] =>
  Object.values(routes).flatMap(({ asks, asksAtLast }) => [
    ...(asks?.(facts) ?? []),
    ...(stage === 'correcting' ? (asksAtLast?.(facts) ?? []) : []),
  ]);
const probes = (): Probe[] => Object.values(routes).flatMap(({ does: probed }) => probed?.(facts) ?? []);

/** What was found and what the table says, a line for each thing asked and each person. */
interface Tables {
  readonly got: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

/** Asks everybody the same, one thing after the other. */
async function table<T extends { readonly path: string }>(
  asked: readonly T[],
  ask: (one: T, who: Who) => Promise<{ readonly got: unknown; readonly expected: unknown } | undefined>,
): Promise<Tables> {
  const lines: { readonly line: string; readonly got: unknown; readonly expected: unknown }[] = [];
  for (const [index, one] of asked.entries())
    await Promise.all(
      everybody().map(async (who) => {
        const answered = await ask(one, who);
        if (answered !== undefined) lines.push({ line: `${index} ${one.path} ${who.id}`, ...answered });
      }),
    );
  expect(lines.length).toBeGreaterThan(everybody().length);
  return {
    got: Object.fromEntries(lines.map(({ line, got: found }) => [line, found])),
    expected: Object.fromEntries(lines.map(({ line, expected: wanted }) => [line, wanted])),
  };
}

describe.each(stages)('while it is %s', (next) => {
  beforeAll(async () => {
    stage = next;
    await leadsTo[next]();
    await town.mails();
    expect((await town.matter('discipline-officer', path())).state).toBe(next);
  });

  test('everybody finds what the table says, and every reading of it is in the log', async () => {
    const before = town.log.length;
    const readings: string[] = [];
    const tables = await table(questions(), async (question, who) => {
      const heard = await person(who).get(question.path);
      const read = question.logged !== undefined && heard.status === 200 && who.sight !== undefined;
      if (read) readings.push(`${who.id} ${question.logged}`);
      return { got: got(question, heard), expected: expected(question, who) };
    });
    expect(tables.got).toEqual(tables.expected);
    const logged = town.log.slice(before).filter(({ code }) => code === 'file-read');
    expect(new Set(logged.map(({ ids }) => ids['file']))).toEqual(new Set([`tolerance/${facts.id}`]));
    expect(logged.map(({ ids }) => `${ids['by']} ${ids['what']}`).sort()).toEqual(readings.sort());
  });

  test('nobody does what the table does not allow', async () => {
    const tables = await table(probes(), async ({ path: to, body, knows, may }, who) => {
      const heard = await person(who).post(to, may(who) ? { nonsense: true } : body);
      const refusal = knows(who) ? '403 not-yours' : '404 not-found';
      return { got: verdict(heard), expected: may(who) ? '400 malformed' : refusal };
    });
    expect(tables.got).toEqual(tables.expected);
    expect((await town.matter('discipline-officer', path())).state).toBe(next);
  });
});

describe('after all of it', () => {
  test('what has nothing to do with the matter refuses an empty body and says nothing of it', async () => {
    const asked = Object.entries(routes).flatMap(([route, { refuses }]) =>
      (refuses?.(facts) ?? []).map((one) => ({ ...one, method: route.startsWith('PUT ') ? 'put' : 'post' }) as const),
    );
    const tables = await table(asked, async ({ path: to, method }, who) => {
      const heard = await person(who)[method](to, {});
      return {
        got: [heard.status >= 400 && heard.status < 500, got({ path: to, answer: () => [] }, heard)],
        expected: [true, verdict(heard)],
      };
    });
    expect(tables.got).toEqual(tables.expected);
  });

  const madeUp = 'a00made00up00id00000000000';
  /** The same path about something that was never there; undefined where the path names nothing of the matter. */
  function elsewhere(to: string): string | undefined {
    const ids = [facts.id, facts.filing, ...[...facts.attachments, ...facts.deliveries].map(({ id }) => id)];
    const found = ids.find((id) => to.includes(id));
    return found === undefined ? undefined : to.replace(found, madeUp);
  }
  /** An answer as it came, but for the moment at which it came. */
  const whole = ({ status, headers, body }: Heard) => ({
    status,
    headers: [...headers].filter(([name]) => name !== 'date'),
    body,
  });

  test('what somebody may not know of is answered, to the last header, as if it were not there', async () => {
    const reads = await table(questions(), async (question, who) => {
      const twin = question.answer(who) === '404 not-found' ? elsewhere(question.path) : undefined;
      if (twin === undefined) return undefined;
      const [real, invented] = await Promise.all([person(who).get(question.path), person(who).get(twin)]);
      return { got: whole(real), expected: whole(invented) };
    });
    expect(reads.got).toEqual(reads.expected);
    const commanded = await table(probes(), async ({ path: to, body, knows }, who) => {
      const twin = knows(who) ? undefined : elsewhere(to);
      if (twin === undefined) return undefined;
      const headers = { 'if-match': '"3"', 'idempotency-key': 'of-a-stranger' };
      const [real, invented] = await Promise.all([to, twin].map((one) => person(who).post(one, body, { headers })));
      return { got: real && whole(real), expected: invented && whole(invented) };
    });
    expect(commanded.got).toEqual(commanded.expected);
    const lists = await table([{ path: '/api/tolerance' }, { path: '/api/tolerance?limit=1' }], async (list, who) =>
      who.sight === undefined ? { got: (await person(who).get(list.path)).body, expected: { items: [] } } : undefined,
    );
    expect(lists.got).toEqual(lists.expected);
  });

  test('neither a mail nor a line of the log has a word of it, and no log names anybody', async () => {
    const ofMails: readonly string[] = ['address', 'number', 'what a mail is called'];
    const words = Object.entries(planted).filter(([word]) => !ofMails.includes(word));
    const mails = JSON.stringify(await town.mails());
    expect(words.filter(([, { text }]) => mails.includes(text))).toEqual([]);
    const log = town.log.map((line) => `${JSON.stringify(line)} ${String(line.error)}`).join('\n');
    expect(words.filter(([, { text }]) => log.includes(text))).toEqual([]);
    expect(log).not.toContain('（演示）');
    expect(log).not.toContain(planted.address.text);
  });
});

describe('on the side', () => {
  const another = (reference: string, change: Readonly<Record<string, unknown>> = {}) => ({
    ...application,
    accountability: { ...application.accountability, reference },
    ...change,
  });

  test('a key answers whoever used it, and nobody else', async () => {
    const keyed = { headers: { 'idempotency-key': 'a-key-of-the-director' } };
    const opens = (name: string) => person({ id: name }).post('/api/tolerance', another('密钥一事'), keyed);
    const first = said(await opens('housing-director'), matterAnswerForm);
    expect(said(await opens('housing-director'), matterAnswerForm).id).toBe(first.id);
    for (const name of ['housing-deputy', 'housing-liaison', 'organization-head', 'clerk'])
      expect([name, verdict(await opens(name))]).toEqual([name, '403 not-yours']);
    const accepts = (name: string) => person({ id: name }).post(`/api/tolerance/${first.id}/accept`, {}, keyed);
    expect(verdict(await accepts('discipline-officer'))).toBe('200');
    expect(verdict(await accepts('discipline-officer'))).toBe('200');
    for (const name of ['housing-deputy', 'organization-head', 'clerk'])
      expect([name, verdict(await accepts(name))]).toEqual([name, '404 not-found']);
  });

  test('a similar matter is named to whoever knows of it, and to no other organ', async () => {
    const { id } = said(
      await person({ id: 'housing-deputy' }).post(
        '/api/tolerance',
        another('相似一事', { official: 'housing-deputy' }),
      ),
      matterAnswerForm,
    );
    await town.mails();
    const warned = async (name: string, organ: string) => {
      const body = another('相似一事', { initiator: 'ex-officio', official: 'housing-deputy', organ });
      return said(await person({ id: name }).post('/api/tolerance', body), matterAnswerForm).warnings;
    };
    expect(await warned('organization-officer', 'organization')).toEqual([]);
    expect(await warned('discipline-officer', 'discipline')).toEqual([
      { code: 'similar-open-matter', matter: { kind: 'tolerance', id } },
    ]);
  });

  test('another unit that nominates somebody in an impact period does not even hear that there is one', async () => {
    const change = { official: 'ecology-director', unit: 'ecology' };
    const { matter } = await decided(town, admonishing, change, 'ecology-director');
    const nominates = (name: string) =>
      person({ id: name }).post('/api/rewards', {
        project: '防汛抢险',
        kind: 'timely-reward',
        candidates: [{ official: 'ecology-director' }],
        merits: '带队值守。',
        frontline: true,
        mainDuty: false,
        citations: [{ official: 'ecology-director', clause: '急难险重任务', facts: '带队值守。' }],
      });
    const [own, other] = [await nominates('ecology-liaison'), await nominates('commerce-liaison')];
    expect([verdict(own), verdict(other)]).toEqual(['422 candidate-barred', '201']);
    expect(textOf(own)).toContain(matter.id);
    expect(textOf(other)).not.toContain(matter.id);
  });

  test('an officer of the organ whose own matter it is reads no notes, and handles none of its letters', async () => {
    const own = { official: 'discipline-officer', unit: 'discipline', initiator: 'ex-officio' };
    const { id } = said(
      await person({ id: 'discipline-head' }).post('/api/tolerance', another('本机关人员一事', own)),
      matterAnswerForm,
    );
    const to = `/api/tolerance/${id}`;
    await town.does('discipline-officer-2', to, 'accept');
    await town.does('discipline-officer-2', to, 'investigate', { investigators: ['gov-clerk', 'audit-officer'] });
    const sheet = { finding: planted.finding.text, evidence: planted.evidence.text };
    await town.does('gov-clerk', to, 'assess', {
      factors: Object.fromEntries(Object.keys(factors).map((factor) => [factor, sheet])),
      circumstances: ['risk-decision'],
    });
    await town.does('discipline-officer', to, 'hear', { statement: planted.hearing.text });
    await town.does('gov-clerk', to, 'propose', { outcome: 'exempt', reasons: planted.proposal.text });
    const { deliveries } = await town.does('discipline-head-2', to, 'decide', exempting);
    await town.mails();
    const official = person({ id: 'discipline-officer' });
    for (const read of [to, `${to}/history`, '/api/officials/discipline-officer/record']) {
      const text = textOf(await official.get(read));
      for (const word of ['finding', 'evidence', 'proposal'] as const) expect(text).not.toContain(planted[word].text);
    }
    // Its unit is the organ, which sends itself none.
    expect(deliveries).toHaveLength(4);
    for (const { id: delivery } of deliveries)
      for (const [command, body] of [
        ['bounce', { reason: '退信。' }],
        ['resend', { address: 'elsewhere@dandang.example' }],
        ['acknowledge', { onPaper: { signedBy: '某人', on: '2026-09-15' } }],
      ] as const)
        expect(verdict(await official.post(`/api/deliveries/${delivery}/${command}`, body))).toBe('403 not-yours');
  });

  test('what an official says for itself is not its unit’s, also where it answers for the unit', async () => {
    const entry = { name: '另一联络员（演示）', unit: 'housing', roles: ['unit'] };
    await town.as('admin').put('/api/directory/officials/housing-liaison-2', entry);
    await town.mails();
    const colleague = await signIn(town.url, 'housing-liaison-2');
    const { id } = said(
      await person({ id: 'housing-liaison' }).post(
        '/api/tolerance',
        another('联络员一事', { official: 'housing-liaison' }),
      ),
      matterAnswerForm,
    );
    const to = `/api/tolerance/${id}`;
    await town.does('discipline-officer', to, 'accept');
    await town.does('discipline-officer', to, 'investigate', { investigators: ['discipline-officer-2', 'gov-clerk'] });
    await town.does('housing-liaison', to, 'hear', { statement: planted.hearing.text });
    for (const read of [to, `${to}/history`]) {
      expect(textOf(await colleague.get(read))).not.toContain(planted.hearing.text);
      expect(textOf(await person({ id: 'housing-liaison' }).get(read))).toContain(planted.hearing.text);
    }
  });

  test('whoever stands in for an officer sees the file, also where it got a copy itself, under both names', async () => {
    const week = { person: 'audit-officer', from: '2026-09-15', to: '2026-09-30' };
    await town.as('admin').put('/api/directory/officials/discipline-head/stand-in', week);
    await town.mails();
    const before = town.log.length;
    for (const read of [path(), `${path()}/history`])
      expect(textOf(await person({ id: 'audit-officer' }).get(read))).toContain(planted.finding.text);
    const logged = town.log.slice(before).filter(({ code }) => code === 'file-read');
    const both = { file: `tolerance/${facts.id}`, by: 'audit-officer', onBehalfOf: 'discipline-head' };
    expect(logged.map(({ ids }) => ids)).toEqual([
      { ...both, what: 'matter' },
      { ...both, what: 'history' },
    ]);
  });
});
