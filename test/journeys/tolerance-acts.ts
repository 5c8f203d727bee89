import { matterAnswerForm } from '@dandang/api/answers.ts';
import { yichang } from '@dandang/policy/cities/yichang.ts';
import { said } from './caller.ts';
import type { MatterAnswer, Name, RunningTown } from './running-town.ts';

/*
 * What journeys about risk filings and tolerance do over and over. Every text can be told from everything else that is in
 * the service, so that a test can look for it where it must not be.
 */

type Change = Readonly<Record<string, unknown>>;
/** A town on this machine, or one that was deployed. */
type Acting = Pick<RunningTown, 'as' | 'does'>;

export const filing = {
  unit: 'housing',
  decision: '先行启动老旧小区改造，手续并联办理。',
  uncertainty: '并联办理的政策依据不明确。',
  assessment: '如政策收紧，须补办手续。',
  safeguards: '全程留痕，资金专户管理。',
};

/** A risk filing of the housing office that was accepted; gives its id. */
export async function filedAndAccepted(town: Acting, change: Change = {}): Promise<string> {
  const { id } = said(
    await town.as('housing-liaison').post('/api/risk-filings', { ...filing, ...change }),
    matterAnswerForm,
  );
  await town.does('discipline-officer', `/api/risk-filings/${id}`, 'accept');
  return id;
}

/** The secret parts of the file: who may not read the file may find none of these words anywhere. */
export const notes = {
  finding: '研判认定甲',
  evidence: '核查证据乙',
  proposal: '核查组意见丙',
  statement: '本人陈述丁',
};

export const application = {
  initiator: 'official',
  official: 'housing-director',
  unit: 'housing',
  organ: 'discipline',
  accountability: {
    reference: '老旧小区改造先行开工一事',
    fact: '未取得施工许可即先行启动。',
    proposedHandling: '拟予诫勉',
  },
  circumstances: ['risk-decision'],
  statement: '为赶在雨季前完工，经集体研究后先行启动。',
};

export async function applied(town: Acting, change: Change = {}, by: Name = 'housing-director'): Promise<string> {
  const opened = said(await town.as(by).post('/api/tolerance', { ...application, ...change }), matterAnswerForm);
  return `/api/tolerance/${opened.id}`;
}

export const factors = Object.fromEntries(
  yichang.tolerance.factors.map(({ id }) => [id, { finding: notes.finding, evidence: notes.evidence }]),
);

export const investigators = ['discipline-officer', 'discipline-officer-2'] as const;

export async function investigating(town: Acting, change: Change = {}, by?: Name): Promise<string> {
  const path = await applied(town, change, by);
  await town.does('discipline-officer', path, 'accept');
  await town.does('discipline-officer', path, 'investigate', { investigators });
  return path;
}

export async function proposed(town: Acting, change: Change = {}, by?: Name): Promise<string> {
  const path = await investigating(town, change, by);
  await town.does('discipline-officer', path, 'assess', { factors, circumstances: ['risk-decision'] });
  await town.does('discipline-officer', path, 'hear', { statement: notes.statement });
  await town.does('discipline-officer-2', path, 'propose', { outcome: 'exempt', reasons: notes.proposal });
  return path;
}

export const exempting = {
  outcome: 'exempt',
  reasons: '出于公心，程序基本完备，未造成损失。',
  meeting: { body: '市纪委常委会', on: '2026-09-15' },
  correction: [{ requirement: '补办施工许可。', within: { amount: 5, unit: 'working-day' } }],
};

export const mitigating = {
  outcome: 'mitigate',
  handling: 'warning',
  reasons: '有一定过失，主动纠正。',
  meeting: { body: '市纪委常委会', on: '2026-09-15' },
  correction: [{ requirement: '补办施工许可。', within: { amount: 5, unit: 'working-day' } }],
};

/** 减责 with a handling of which no law says what its period bars: it bars everything, rewards included. */
export const admonishing = { ...mitigating, handling: '诫勉', impactEndsOn: '2027-03-31' };

/** Decided by the head of the discipline organ; gives the path and the matter as the organ sees it. */
export async function decided(
  town: Acting,
  decision: Change = exempting,
  change: Change = {},
  by?: Name,
): Promise<{ readonly path: string; readonly matter: MatterAnswer }> {
  const path = await proposed(town, change, by);
  return { path, matter: await town.does('discipline-head', path, 'decide', decision) };
}
