import { letterId } from '@dandang/casework/letter-issue.ts';
import { factors, filing } from './tolerance-acts.ts';

/*
 * Who may know what of one tolerance matter, and who may do what: the housing director's, handled by the discipline organ.
 * `need-to-know.test.ts` asks every person for everything and holds the answers against this table; a route, a command or
 * a person that is added later has no place in it and fails there until somebody says here who may.
 */

/** What somebody is to the matter. */
type Relation =
  | 'the official'
  | 'the unit'
  | 'a head of the unit'
  | 'a colleague of the official'
  | 'the organ'
  | 'an investigator of the organ'
  | 'an investigator from elsewhere'
  | 'a decider of the organ'
  | 'a decider from elsewhere'
  | 'a body that gets a copy'
  | 'nobody';

/** Everybody who can sign in. The last ones are entered by the test. */
export const people: Readonly<Record<string, Relation>> = {
  'housing-director': 'the official',
  'housing-liaison': 'the unit',
  'housing-head': 'a head of the unit',
  'housing-deputy': 'a colleague of the official',
  'discipline-officer': 'the organ',
  'discipline-officer-2': 'an investigator of the organ',
  'gov-clerk': 'an investigator from elsewhere',
  'discipline-head': 'a decider of the organ',
  'discipline-head-2': 'a decider of the organ',
  // Who decides for another organ knows what its own organ was copied, and no more.
  'organization-head': 'a body that gets a copy',
  'organization-head-2': 'a body that gets a copy',
  'decider-elsewhere': 'a decider from elsewhere',
  'organization-officer': 'a body that gets a copy',
  'inspection-officer': 'a body that gets a copy',
  'audit-officer': 'a body that gets a copy',
  clerk: 'nobody',
  'clerk-2': 'nobody',
  'committee-officer': 'nobody',
  'principal-leader': 'nobody',
  'deputy-leader': 'nobody',
  'deputy-leader-2': 'nobody',
  'ecology-liaison': 'nobody',
  'ecology-director': 'nobody',
  'commerce-liaison': 'nobody',
  'commerce-director': 'nobody',
  'transport-liaison': 'nobody',
  'transport-director': 'an investigator from elsewhere',
  admin: 'nobody',
  // 委托 passes on what an office permits, and nothing that is a person's own: neither a case nor an appointment.
  'stand-in-of-discipline-officer': 'the organ',
  'stand-in-of-housing-director': 'nobody',
  'stand-in-of-gov-clerk': 'nobody',
  'housing-guest': 'a colleague of the official',
  'audit-liaison': 'a body that gets a copy',
  'discipline-driver': 'nobody',
};

/** Who is entered beside the demonstration's people, and for whom they stand in. */
export const newcomers: readonly {
  readonly id: string;
  readonly unit: string;
  readonly roles: readonly string[];
  readonly standsInFor?: string;
}[] = [
  { id: 'stand-in-of-discipline-officer', unit: 'ecology', roles: ['official'], standsInFor: 'discipline-officer' },
  { id: 'stand-in-of-housing-director', unit: 'housing', roles: ['official'], standsInFor: 'housing-director' },
  { id: 'stand-in-of-gov-clerk', unit: 'transport', roles: ['unit'], standsInFor: 'gov-clerk' },
  { id: 'housing-guest', unit: 'housing', roles: [] },
  { id: 'audit-liaison', unit: 'audit', roles: ['unit'] },
  { id: 'discipline-driver', unit: 'discipline', roles: ['official'] },
  { id: 'decider-elsewhere', unit: 'commerce', roles: ['decider'] },
];

export const stages = ['applied', 'investigating', 'proposed', 'correcting'] as const;
export type Stage = (typeof stages)[number];
const since = (stage: Stage, first: Stage): boolean => stages.indexOf(stage) >= stages.indexOf(first);

/** Who reads the file, who its own part as the official or as the unit, who the copy, and from when on. */
const sights = {
  'the official': ['official', 'applied'],
  'the unit': ['unit', 'applied'],
  'a head of the unit': ['unit', 'applied'],
  'a colleague of the official': undefined,
  'the organ': ['file', 'applied'],
  'an investigator of the organ': ['file', 'applied'],
  'an investigator from elsewhere': ['file', 'investigating'],
  'a decider of the organ': ['file', 'applied'],
  'a decider from elsewhere': undefined,
  'a body that gets a copy': ['copy', 'correcting'],
  nobody: undefined,
} as const satisfies Readonly<Record<Relation, readonly [string, Stage] | undefined>>;
type Sight = NonNullable<(typeof sights)[Relation]>[0];

/** Somebody at a stage. */
export interface Who {
  readonly id: string;
  readonly stage: Stage;
  readonly is: (...relations: readonly Relation[]) => boolean;
  readonly sight: Sight | undefined;
}

export function whoIs(id: string, stage: Stage): Who {
  const relation = people[id] ?? 'nobody';
  const [sight, from] = sights[relation] ?? [undefined, undefined];
  return {
    id,
    stage,
    is: (...relations) => relations.includes(relation),
    sight: from !== undefined && since(stage, from) ? sight : undefined,
  };
}

/** What is looked for in answers, and the stage from which on there is something to find. */
export const planted = {
  reference: { text: '先行开工一事甲子', from: 'applied' },
  fact: { text: '未取得许可即启动乙丑', from: 'applied' },
  handling: { text: '拟予诫勉丙寅', from: 'applied' },
  application: { text: '申请人的陈述丁卯', from: 'applied' },
  'a file of the application': { text: 'planted-evidence.pdf', from: 'applied' },
  investigator: { text: '郑督（演示）', from: 'investigating' },
  finding: { text: '研判认定戊辰', from: 'investigating' },
  evidence: { text: '核查证据己巳', from: 'investigating' },
  hearing: { text: '当面陈述庚午', from: 'investigating' },
  proposal: { text: '核查组意见辛未', from: 'proposed' },
  'sent back': { text: '退回核查理由壬申', from: 'correcting' },
  reasons: { text: '决定的理由癸酉', from: 'correcting' },
  requirement: { text: '补办施工许可甲戌', from: 'correcting' },
  decider: { text: '褚决（演示）', from: 'correcting' },
  number: { text: '演容〔', from: 'correcting' },
  report: { text: '纠错报告乙亥', from: 'correcting' },
  'a file of the report': { text: 'planted-report.pdf', from: 'correcting' },
  returned: { text: '退回纠错理由丙子', from: 'correcting' },
  extension: { text: '延期理由丁丑', from: 'correcting' },
  grounds: { text: '复核申请理由戊寅', from: 'correcting' },
  answer: { text: '复核决定理由己卯', from: 'correcting' },
  reviewer: { text: '魏裁（演示）', from: 'correcting' },
  venture: { text: filing.decision, from: 'applied' },
  address: { text: '@dandang.example', from: 'applied' },
  'what a mail is called': { text: '"messageId":"', from: 'applied' },
} as const satisfies Readonly<Record<string, { readonly text: string; readonly from: Stage }>>;
/** Beside them the ids of the matter and of the risk filing that it names. */
export type Word = keyof typeof planted | 'id' | 'filing';
/** Names stand in the directory for everybody; there they say nothing. */
const names: readonly Word[] = ['investigator', 'decider', 'reviewer'];

/** The matter as the test has it, with everything that has a path of its own. */
export interface Facts {
  readonly id: string;
  readonly filing: string;
  readonly attachments: readonly { readonly id: string; readonly word: Word }[];
  readonly documents: readonly { readonly id: string; readonly type: string }[];
  readonly deliveries: readonly { readonly id: string; readonly recipient: string; readonly documentType: string }[];
}

/** What somebody gets: a refusal, or an answer in which exactly these words are found. */
type Answer = '403 not-yours' | '404 not-found' | readonly Word[];

export interface Question {
  readonly path: string;
  readonly answer: (who: Who) => Answer;
  /** What the log must say of whoever got an answer. */
  readonly logged?: string;
  /** The names of the people of the matter are no secret here. */
  readonly naming?: true;
  /** A number that is not given yet is none. */
  readonly unnumbered?: true;
}
export const ignoredIn = ({ naming, unnumbered }: Question): readonly Word[] => [
  ...(naming === true ? names : []),
  ...(unnumbered === true ? (['number'] as const) : []),
];

/** Something that is asked to be done: who may gets no further than a malformed body, everybody else is refused before. */
export interface Probe {
  readonly path: string;
  /** Well-formed: who may not is refused for that and nothing else. */
  readonly body: unknown;
  readonly knows: (who: Who) => boolean;
  readonly may: (who: Who) => boolean;
}

/** Something that has nothing to do with the matter: an empty body is refused, whoever sends it. */
interface Elsewhere {
  readonly path: string;
}

interface Row {
  readonly asks?: (facts: Facts) => readonly Question[];
  /** The same where the answer has nothing to do with the matter: it is enough to ask once, when there is most to find. */
  readonly asksAtLast?: (facts: Facts) => readonly Question[];
  readonly does?: (facts: Facts) => readonly Probe[];
  readonly refuses?: (facts: Facts) => readonly Elsewhere[];
}

const ownPart: readonly Word[] = [
  'filing',
  'reference',
  'fact',
  'handling',
  'application',
  'a file of the application',
  'investigator',
  'reasons',
  'requirement',
  'number',
  'report',
  'a file of the report',
  'returned',
  'extension',
  'answer',
];
const notes: readonly Word[] = ['hearing', 'finding', 'evidence', 'proposal', 'sent back'];
/** The words of the matter's own answer. */
const inMatter: Readonly<Record<Sight, readonly Word[]>> = {
  // Who decided is named to whoever sees the file.
  file: [...ownPart, 'grounds', ...notes, 'decider'],
  // The grounds for a review are whose they are: here the official asked for it.
  official: [...ownPart, 'grounds', 'hearing'],
  unit: ownPart,
  copy: ['reasons', 'requirement', 'number'],
};
/** What an official's record shows of it: its details and its papers, no deadline. */
const inRecord = (sight: Sight): Word[] => inMatter[sight].filter((word) => word !== 'extension' && word !== 'decider');
/** What the history says: everything to the file; to the others what they said themselves, and who issued what was sent. */
const inHistory: Readonly<Record<Sight, readonly Word[]>> = {
  file: [...ownPart, 'grounds', ...notes, 'decider', 'reviewer'],
  // What whoever answers for its unit did for the unit is the official's, too.
  official: [
    'filing',
    'reference',
    'fact',
    'handling',
    'application',
    'a file of the application',
    'hearing',
    'grounds',
    'report',
    'a file of the report',
    'extension',
    'decider',
    'reviewer',
  ],
  unit: ['report', 'a file of the report', 'extension', 'decider', 'reviewer'],
  copy: ['decider'],
};
/** The letters, and who gets each beside those who read the file. */
const letters: Readonly<Record<string, { readonly sights: readonly Sight[]; readonly words: readonly Word[] }>> = {
  'tolerance-decision': {
    sights: ['file', 'official', 'unit', 'copy'],
    words: ['reference', 'fact', 'reasons', 'requirement', 'number'],
  },
  'tolerance-review': { sights: ['file', 'official', 'unit'], words: ['answer', 'number'] },
};

/** To try a command is as much as to do it: one of the organ's, the deciders', the investigators', the parties', everybody's. */
const triedDry: readonly string[] = ['accept', 'decide', 'assess', 'file-correction', 'recuse'];

/** What a draft of the decision says. */
const inDraft: readonly Word[] = ['reference', 'fact', 'proposal'];

const toEverybody =
  (...words: readonly Word[]) =>
  (): Answer =>
    words;
const nowhere = (): Answer => '404 not-found';
/** In a list somebody finds the matter or nothing. */
const listed =
  (sees: (who: Who) => boolean) =>
  (who: Who): Answer =>
    sees(who) ? ['id', 'reference'] : [];

/** In a list of matters with the numbers of its letters: to whoever finds it the letter was sent, too. */
const listedWithNumbers =
  (sees: (who: Who) => boolean) =>
  (who: Who): Answer =>
    sees(who) ? ['id', 'reference', 'number'] : [];

const officers = ['the organ', 'an investigator of the organ', 'a decider of the organ'] as const;
const ofOrgan = (who: Who): boolean => who.is(...officers);
const decides = (who: Who): boolean => knows(who) && who.is('a decider of the organ');
const investigates = (who: Who): boolean =>
  since(who.stage, 'investigating') && who.is('an investigator of the organ', 'an investigator from elsewhere');
const concerned = (who: Who): boolean => who.is('the official', 'the unit');
const knows = ({ sight }: Who): boolean => sight !== undefined;

/** For whom the matter waits. */
const waitsFor: Readonly<Record<Stage, (who: Who) => boolean>> = {
  applied: ofOrgan,
  investigating: investigates,
  proposed: decides,
  // The correction is to be filed again, and the extension to be answered.
  correcting: (who) => concerned(who) || ofOrgan(who),
};

/** Who signs for what was sent to a recipient. */
// The organ that decides sends itself none.
const signers: Readonly<Record<string, (who: Who) => boolean>> = {
  'housing-director': (who) => who.is('the official'),
  housing: (who) => who.is('the unit'),
  organization: ({ id }) => ['organization-officer', 'organization-head', 'organization-head-2'].includes(id),
  inspection: ({ id }) => id === 'inspection-officer',
  audit: ({ id }) => id === 'audit-officer' || id === 'audit-liaison',
};
const signs = (recipient: string, who: Who): boolean => signers[recipient]?.(who) ?? false;
/** Who reads it: a head of the unit reads what is addressed to it, and signs for nothing. */
const reads = (recipient: string, who: Who): boolean =>
  signs(recipient, who) || (recipient === 'housing' && who.is('a head of the unit'));
const receivesAny = (who: Who, receives = reads): boolean =>
  who.stage === 'correcting' && Object.keys(signers).some((recipient) => receives(recipient, who));

/** Who asks by office what may be held against somebody (organization, discipline, inspection, audit, supervision). */
const asksStanding = (who: Who): boolean =>
  ofOrgan(who) ||
  (who.is('a body that gets a copy') && who.id !== 'audit-liaison') ||
  ['clerk', 'clerk-2', 'gov-clerk', 'stand-in-of-gov-clerk'].includes(who.id);
/** Who keeps the official's record: organization, discipline and supervision, and whoever stands in for one of them. */
const keepsRecord = (who: Who): boolean =>
  ofOrgan(who) ||
  [
    'organization-officer',
    'organization-head',
    'organization-head-2',
    'clerk',
    'clerk-2',
    'gov-clerk',
    'stand-in-of-gov-clerk',
  ].includes(who.id);
/** The risk filing that the application names: its unit, and the organ that received it. */
const knowsFiling = (who: Who): boolean => ofOrgan(who) || who.is('the unit', 'a head of the unit');

const within = (days: number) => ({ amount: days, unit: 'working-day' });
const someText = { reason: '理由。' };
/** Every command of tolerance: a body that is well-formed, and who may. Who knows of the matter and may not is told so. */
export const commands: Readonly<Record<string, { readonly body: unknown; readonly may: (who: Who) => boolean }>> = {
  accept: { body: {}, may: ofOrgan },
  decline: { body: someText, may: ofOrgan },
  investigate: { body: { investigators: ['discipline-officer', 'discipline-officer-2'] }, may: ofOrgan },
  assess: { body: { factors, circumstances: [] }, may: investigates },
  hear: {
    body: { statement: '陈述。' },
    may: (who) => who.is('the official') || ofOrgan(who) || investigates(who),
  },
  propose: { body: { outcome: 'exempt', reasons: '理由。' }, may: investigates },
  return: { body: someText, may: decides },
  decide: {
    body: {
      outcome: 'exempt',
      reasons: '理由。',
      meeting: { body: '市纪委常委会', on: '2026-09-15' },
      correction: [{ requirement: '补办。', within: within(5) }],
    },
    may: decides,
  },
  'file-correction': { body: { report: '已办。' }, may: concerned },
  'accept-correction': { body: {}, may: ofOrgan },
  'return-correction': { body: someText, may: ofOrgan },
  'reopen-correction': { body: { finding: '虚假。' }, may: ofOrgan },
  'request-review': { body: { grounds: '理由。' }, may: concerned },
  'decide-review': { body: { outcome: 'maintained', reasons: '理由。' }, may: decides },
  rescind: { body: someText, may: decides },
  'confirm-reform': { body: { finding: '已改正。', confirmed: true }, may: ofOrgan },
  'ask-confirmation': { body: { statement: '已改正。' }, may: (who) => who.is('the official') },
  refer: { body: { to: 'discipline', ...someText }, may: ofOrgan },
  // The administrator knows of no matter for which somebody is left to decide.
  'name-reviewer': { body: { unit: 'organization' }, may: () => false },
  urge: { body: {}, may: ofOrgan },
  // Whoever owes what runs: the correction, once it was ordered; before that nothing does, and every office may be asked.
  'request-extension': {
    body: { deadline: 'correction-1', workingDays: 2, reason: '理由。' },
    may: (who) => concerned(who) || (who.stage !== 'correcting' && ofOrgan(who)),
  },
  'grant-extension': { body: { deadline: 'correction-1' }, may: ofOrgan },
  'refuse-extension': { body: { deadline: 'correction-1', reason: '理由。' }, may: ofOrgan },
  // The setting asks no unit of the demonstration for a signature, and nothing waits for one.
  'sign-own': { body: {}, may: (who) => who.is('a head of the unit') },
  'send-back': { body: someText, may: (who) => who.is('a head of the unit') },
  succeed: { body: { unit: 'transport', reason: '职责划转。' }, may: ofOrgan },
  extend: { body: { deadline: 'correction-1', workingDays: 2, reason: '理由。' }, may: ofOrgan },
  // Whoever opened it.
  withdraw: { body: someText, may: (who) => who.is('the official') },
  // Somebody else; everybody may stand aside for itself.
  recuse: { body: { person: 'discipline-officer-2', ground: '回避。' }, may: ofOrgan },
};

/** The routes of a measure that the matter is none of: whoever asks there for its id asks for nothing. */
const elsewhere = (measure: string): Readonly<Record<string, Row>> => ({
  [`POST /api/${measure}`]: { refuses: () => [{ path: `/api/${measure}` }] },
  [`GET /api/${measure}`]: { asksAtLast: () => [{ path: `/api/${measure}?unit=housing`, answer: toEverybody() }] },
  [`GET /api/${measure}/{id}`]: { asksAtLast: ({ id }) => [{ path: `/api/${measure}/${id}`, answer: nowhere }] },
  [`GET /api/${measure}/{id}/history`]: {
    asksAtLast: ({ id }) => [{ path: `/api/${measure}/${id}/history`, answer: nowhere }],
  },
  [`GET /api/${measure}/{id}/drafts`]: {
    asksAtLast: ({ id }) => [{ path: `/api/${measure}/${id}/drafts`, answer: nowhere }],
  },
  [`GET /api/${measure}/{id}/drafts/{draft}`]: {
    asksAtLast: ({ id }) => [{ path: `/api/${measure}/${id}/drafts/${id}.html`, answer: nowhere }],
  },
  [`POST /api/${measure}/{id}/{command}`]: { refuses: ({ id }) => [{ path: `/api/${measure}/${id}/withdraw` }] },
  [`GET /api/${measure}/{id}/documents/{document}`]: {
    asksAtLast: ({ id, documents }) =>
      documents.map((one) => ({ path: `/api/${measure}/${id}/documents/${one.id}.html`, answer: nowhere })),
  },
});

/** Read by everybody, and nothing of the matter in it; addresses are the administrator's. */
const directory = (path: string): Row => ({
  asksAtLast: () => [{ path, answer: ({ id }) => (id === 'admin' ? ['address'] : []), naming: true }],
});
const saysNothing = (path: string): Row => ({ asksAtLast: () => [{ path, answer: toEverybody() }] });
const refuses = (path: string): Row => ({ refuses: () => [{ path }] });

/** Who may know what, by the declared routes of the service. */
export const routes: Readonly<Record<string, Row>> = {
  'GET /api/health': saysNothing('/api/health'),
  'GET /api/openapi.json': saysNothing('/api/openapi.json'),
  // Its own name it knows.
  'GET /api/me': { asksAtLast: () => [{ path: '/api/me', answer: toEverybody(), naming: true }] },
  'GET /api/measures': saysNothing('/api/measures'),
  'GET /api/policy': saysNothing('/api/policy'),
  'GET /api/policy/wording': saysNothing('/api/policy/wording'),
  'PUT /api/policy/settings': refuses('/api/policy/settings'),
  'GET /api/calendar/{year}': saysNothing('/api/calendar/2026'),
  'POST /api/calendar/import': refuses('/api/calendar/import'),
  'GET /api/directory/units': directory('/api/directory/units'),
  'GET /api/directory/officials': directory('/api/directory/officials'),
  'GET /api/directory/units/{id}': directory('/api/directory/units/housing'),
  'PUT /api/directory/units/{id}': refuses('/api/directory/units/housing'),
  'GET /api/directory/officials/{id}': directory('/api/directory/officials/housing-director'),
  'PUT /api/directory/officials/{id}': refuses('/api/directory/officials/housing-director'),
  'PUT /api/directory/officials/{id}/stand-in': refuses('/api/directory/officials/housing-director/stand-in'),
  'GET /api/directory/officials/{id}/stand-in': {
    asksAtLast: () => [
      {
        path: '/api/directory/officials/housing-director/stand-in',
        answer: ({ id }) => (id === 'admin' || id === 'housing-director' ? [] : '403 not-yours'),
      },
    ],
  },
  'POST /api/directory/import': refuses('/api/directory/import'),

  'GET /api/todo': {
    asks: () => [
      {
        path: '/api/todo',
        answer: (who) => [
          ...(waitsFor[who.stage](who) ? (['id', 'reference', 'number'] as const) : []),
          ...(receivesAny(who, signs) ? (['id', 'number'] as const) : []),
          // The receipt of the filing is to be signed for.
          ...(who.is('the unit') ? (['filing'] as const) : []),
        ],
      },
    ],
  },
  'GET /api/matters': {
    asks: () => [
      ...['', '?sort=changedAt'].map((query) => ({
        path: `/api/matters${query}`,
        answer: (who: Who): Answer => [
          ...(knows(who) ? (['id', 'reference', 'number'] as const) : []),
          ...(knowsFiling(who) ? (['filing', 'venture'] as const) : []),
        ],
      })),
      { path: '/api/matters?kind=tolerance', answer: listedWithNumbers(knows) },
      { path: '/api/matters?kind=tolerance&unit=ecology', answer: toEverybody() },
    ],
  },
  'GET /api/deadlines': {
    asks: () => [
      ...['', '?unit=housing', '?light=green', '?from=2026-09-15&to=2026-12-31'].map((query) => ({
        path: `/api/deadlines${query}`,
        answer: listed((who) => who.stage === 'correcting' && knows(who) && who.sight !== 'copy'),
      })),
      ...['?unit=ecology', '?light=red', '?to=2026-09-14'].map((query) => ({
        path: `/api/deadlines${query}`,
        answer: toEverybody(),
      })),
    ],
  },

  'POST /api/attachments': refuses('/api/attachments'),
  'GET /api/attachments/{id}': {
    asks: ({ attachments }) =>
      attachments.map(({ id, word }) => ({
        path: `/api/attachments/${id}`,
        logged: `attachment ${id}`,
        answer: ({ sight }) => (sight === undefined || sight === 'copy' ? '404 not-found' : [word]),
      })),
  },

  // The matter is no sheet, and stands on none before it is overdue (test/journeys/reminder.test.ts).
  'GET /api/chasers/{id}': { asksAtLast: ({ id }) => [{ path: `/api/chasers/${id}`, answer: nowhere }] },
  'GET /api/chasers/{id}/documents/{document}': {
    asksAtLast: ({ id, documents }) =>
      documents.map((one) => ({ path: `/api/chasers/${id}/documents/${one.id}.html`, answer: nowhere })),
  },

  'GET /api/deliveries': {
    asks: () => [
      ...['', '?state=sent'].map((query) => ({
        path: `/api/deliveries${query}`,
        answer: (who: Who): Answer => [
          ...(receivesAny(who) || (who.stage === 'correcting' && ofOrgan(who))
            ? (['id', 'number', 'reference'] as const)
            : []),
          ...(knowsFiling(who) ? (['filing', 'venture'] as const) : []),
        ],
        // Who asks finds its own to-do mails, too.
        naming: true as const,
      })),
      ...Object.keys(signers).map((recipient) => ({
        path: `/api/deliveries?recipient=${recipient}`,
        answer: (who: Who): Answer => [
          ...(who.stage === 'correcting' && (ofOrgan(who) || reads(recipient, who))
            ? (['id', 'number', 'reference'] as const)
            : []),
          ...(recipient === 'housing' && knowsFiling(who) ? (['filing', 'venture'] as const) : []),
        ],
      })),
      { path: '/api/deliveries?state=bounced', answer: toEverybody() },
    ],
  },
  'GET /api/deliveries/{id}': {
    asks: ({ deliveries }) =>
      deliveries.map(({ id, recipient }) => ({
        path: `/api/deliveries/${id}`,
        answer: (who) => {
          if (ofOrgan(who)) return ['id', 'number', 'what a mail is called'];
          return reads(recipient, who) ? ['id', 'number'] : '404 not-found';
        },
      })),
  },
  'POST /api/deliveries/bounces': refuses('/api/deliveries/bounces'),
  'POST /api/deliveries/{id}/acknowledge': {
    does: ({ deliveries }) =>
      deliveries.map(({ id, recipient }) => ({
        path: `/api/deliveries/${id}/acknowledge`,
        body: {},
        knows: (who) => ofOrgan(who) || reads(recipient, who),
        may: (who) => signs(recipient, who),
      })),
  },
  'POST /api/deliveries/{id}/bounce': {
    does: ({ deliveries }) =>
      deliveries.map(({ id, recipient }) => ({
        path: `/api/deliveries/${id}/bounce`,
        body: { reason: '退信。' },
        knows: (who) => ofOrgan(who) || reads(recipient, who),
        may: ofOrgan,
      })),
  },
  'POST /api/deliveries/{id}/resend': {
    does: ({ deliveries }) =>
      deliveries.map(({ id, recipient }) => ({
        path: `/api/deliveries/${id}/resend`,
        body: {},
        knows: (who) => ofOrgan(who) || reads(recipient, who),
        may: ofOrgan,
      })),
  },

  'GET /api/officials/{id}/record': {
    asks: () => [
      {
        path: '/api/officials/housing-director/record',
        logged: 'record',
        answer: (who) => {
          if (!keepsRecord(who) && !who.is('the official')) return '404 not-found';
          // The unit's filing is no matter about the official.
          return who.sight === undefined ? [] : ['id', ...inRecord(who.sight)];
        },
      },
      ...['housing-deputy', 'nobody-knows'].map((official) => ({
        path: `/api/officials/${official}/record`,
        answer: ({ id, ...who }: Who): Answer =>
          id === official || (official !== 'nobody-knows' && keepsRecord({ id, ...who })) ? [] : '404 not-found',
      })),
    ],
  },
  'GET /api/officials/{id}/standing': {
    asks: () =>
      ['', '?purpose=promotion', '?on=2026-09-14'].map((query) => ({
        path: `/api/officials/housing-director/standing${query}`,
        answer: (who: Who): Answer => {
          const decided = who.stage === 'correcting' && !query.startsWith('?on');
          if (asksStanding(who) || concerned(who)) return decided ? ['id'] : [];
          // What is the official's own is not its stand-in's.
          return '404 not-found';
        },
      })),
  },
  'GET /api/units/{id}/standing': {
    asks: () => [
      {
        path: '/api/units/housing/standing',
        answer: (who) => {
          if (!asksStanding(who) && !who.is('the unit')) return '404 not-found';
          return who.stage === 'correcting' ? ['id'] : [];
        },
      },
    ],
  },

  ...elsewhere('reminders'),
  ...elsewhere('interviews'),
  ...elsewhere('clarifications'),
  ...elsewhere('rewards'),
  'POST /api/reward-projects': refuses('/api/reward-projects'),
  'POST /api/reward-projects/{id}/close': refuses('/api/reward-projects/flood-relief/close'),
  'GET /api/reward-projects': {
    asksAtLast: () => [
      {
        path: '/api/reward-projects',
        answer: (who) =>
          ofOrgan(who) ||
          ['organization-officer', 'organization-head', 'organization-head-2', 'principal-leader'].includes(who.id)
            ? []
            : '403 not-yours',
      },
    ],
  },

  ...elsewhere('risk-filings'),
  'GET /api/risk-filings': {
    asks: () => [
      { path: '/api/risk-filings', answer: (who) => (knowsFiling(who) ? ['filing', 'venture'] : []) },
      { path: '/api/risk-filings?official=housing-director', answer: toEverybody() },
    ],
  },
  'GET /api/risk-filings/{id}': {
    asks: ({ id, filing: ofUnit }) => [
      {
        path: `/api/risk-filings/${ofUnit}`,
        answer: (who) => (knowsFiling(who) ? ['filing', 'venture'] : '404 not-found'),
      },
      { path: `/api/risk-filings/${id}`, answer: nowhere },
    ],
  },
  'GET /api/risk-filings/{id}/history': {
    asks: ({ filing: ofUnit }) => [
      {
        path: `/api/risk-filings/${ofUnit}/history`,
        answer: (who) => (knowsFiling(who) ? ['venture'] : '404 not-found'),
      },
    ],
  },

  'POST /api/tolerance': {
    does: () =>
      (
        [
          ['official', (who) => who.is('the official')],
          ['unit', (who) => who.is('the unit')],
          ['ex-officio', ofOrgan],
        ] as const satisfies readonly (readonly [string, (who: Who) => boolean])[]
      ).flatMap(([initiator, may]) =>
        ['', '?dryRun=true'].map((query) => ({
          path: `/api/tolerance${query}`,
          body: {
            initiator,
            official: 'housing-director',
            unit: 'housing',
            organ: 'discipline',
            accountability: { reference: '另一事项', fact: '事实。', proposedHandling: '处理。' },
            circumstances: [],
            statement: '陈述。',
          },
          // That one may ask for tolerance is no secret.
          knows: () => true,
          may,
        })),
      ),
  },
  'GET /api/tolerance': {
    asks: () => [
      ...['', '?unit=housing', '?official=housing-director', '?limit=1'].map((query) => ({
        path: `/api/tolerance${query}`,
        answer: listedWithNumbers(knows),
      })),
      ...stages.map((state) => ({
        path: `/api/tolerance?state=${state}`,
        answer: listedWithNumbers((who) => knows(who) && who.stage === state),
      })),
      {
        path: '/api/tolerance?light=green',
        answer: listedWithNumbers((who) => who.stage === 'correcting' && knows(who) && who.sight !== 'copy'),
      },
      ...['?unit=ecology', '?official=housing-deputy', '?official=gov-clerk', '?light=red'].map((query) => ({
        path: `/api/tolerance${query}`,
        answer: toEverybody(),
      })),
    ],
  },
  'GET /api/tolerance/{id}': {
    asks: ({ id }) => [
      {
        path: `/api/tolerance/${id}`,
        logged: 'matter',
        answer: ({ sight }) => (sight === undefined ? '404 not-found' : ['id', ...inMatter[sight]]),
      },
    ],
  },
  'GET /api/tolerance/{id}/history': {
    asks: ({ id }) => [
      {
        path: `/api/tolerance/${id}/history`,
        logged: 'history',
        answer: ({ sight }) => (sight === undefined ? '404 not-found' : inHistory[sight]),
      },
    ],
  },
  'GET /api/tolerance/{id}/documents/{document}': {
    asks: ({ id, documents }) =>
      documents.flatMap(({ id: document, type }) =>
        ['html', 'docx'].map((ending) => ({
          path: `/api/tolerance/${id}/documents/${document}.${ending}`,
          logged: `document ${document}`,
          answer: ({ sight }: Who): Answer =>
            sight !== undefined && letters[type]?.sights.includes(sight) === true
              ? letters[type].words
              : '404 not-found',
        })),
      ),
  },
  // What is proposed is drafted as a decision, and an extension that was asked for as granted.
  'GET /api/tolerance/{id}/drafts': {
    asks: ({ id }) => [
      {
        path: `/api/tolerance/${id}/drafts`,
        logged: 'drafts',
        unnumbered: true,
        answer: ({ sight, stage }) => {
          if (sight === undefined) return '404 not-found';
          if (sight !== 'file') return [];
          return stage === 'proposed' ? ['id', ...inDraft] : stage === 'correcting' ? ['id'] : [];
        },
      },
    ],
  },
  'GET /api/tolerance/{id}/drafts/{draft}': {
    asks: ({ id }) => {
      const draft = letterId(`tolerance/${id}`, 'tolerance-decision');
      return ['html', 'docx'].map((ending) => ({
        path: `/api/tolerance/${id}/drafts/${draft}.${ending}`,
        logged: `draft ${draft}`,
        unnumbered: true,
        answer: ({ sight, stage }: Who): Answer =>
          sight === 'file' && stage === 'proposed' ? inDraft : '404 not-found',
      }));
    },
  },
  'POST /api/letters/render': refuses('/api/letters/render'),
  'POST /api/tolerance/{id}/{command}': {
    does: ({ id }) =>
      Object.entries(commands).flatMap(([command, { body, may }]) =>
        (triedDry.includes(command) ? ['', '?dryRun=true'] : ['']).map((query) => ({
          path: `/api/tolerance/${id}/${command}${query}`,
          body,
          knows,
          may,
        })),
      ),
  },
};
