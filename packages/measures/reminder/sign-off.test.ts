/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import type { Caller } from '@dandang/access/caller.ts';
import { applySettings } from '@dandang/policy/policy.ts';
import type { SettingChanges } from '@dandang/policy/settings.ts';
import { given } from '../../../test/story/story.ts';
import { clerk, ecologyLiaison, housingDirector, housingLiaison, principal, town } from '../../../test/story/town.ts';
import { reminder } from './reminder.ts';

/* The unit's side of the desk: a reply is put forward by the liaison and signed by a head of the unit. */

const head: Caller = { id: 'housing-head', name: '潘签', unit: 'housing', roles: ['unit-head'] };
const otherHead: Caller = { id: 'ecology-head', name: '何签', unit: 'ecology', roles: ['unit-head'] };
/** A head who is the liaison, too. */
const both: Caller = { id: 'housing-both', name: '双任', unit: 'housing', roles: ['unit', 'unit-head'] };

const withSetting = (setting: SettingChanges['unit.signOff']) => ({
  ...town,
  policy: applySettings(town.policy, [{ 'unit.signOff': setting }]),
});
const required = withSetting({ all: 'required' });

const issuedIn = (world: typeof town) =>
  given(reminder, world)
    .opened(clerk, {
      unit: 'housing',
      leader: 'deputy-leader',
      circumstance: 'slow-progress',
      subject: '老旧小区改造进度滞后',
      findings: '年度任务完成不足一成。',
      requirements: '请倒排工期。',
    })
    .and('submit', clerk)
    .and('approve', principal, { opinion: '同意。' })
    .and('issue', clerk);
const issued = issuedIn(required);
const reply = { measures: '已成立专班。' };
const forSignature = { forSignature: true };
const drafted = issued.and('reply', housingLiaison, reply, forSignature);

describe('a unit whose head has to sign', () => {
  test('cannot be answered for by its liaison alone', () => {
    issued.when('reply', housingLiaison, reply).then({ refused: 'signature-needed' });
    issued.when('reply', both, reply).then({ refused: 'signature-needed' });
  });

  test('has a draft of its own once its liaison puts the reply forward, and owes the reply as before', () => {
    issued
      .when('reply', housingLiaison, reply, forSignature)
      .then({ state: 'issued', events: ['PutForward'], letters: {} });
    expect(drafted.open.matter.deadlines).toMatchObject([{ name: 'reply', metAt: null }]);
    expect(drafted.open.todos()).toMatchObject([{ act: 'sign-own', assignee: 'unit-head:housing' }]);
  });

  test('replies when a head who did not write it signs, and both names are on file', () => {
    const signed = drafted.when('sign-own', head, { opinion: '同意报送。' });
    signed.then({ state: 'replied', events: ['ReplyFiled', 'DeadlineMet', 'Signed'] });
    const { by, events } = signed.story.commits.at(-1) ?? { by: undefined, events: [] };
    expect(by).toMatchObject({ id: 'housing-head' });
    expect(events.at(-1)).toMatchObject({
      data: { command: 'reply', writtenBy: { id: 'housing-liaison' }, opinion: '同意报送。' },
    });
    expect(signed.story.open.matter.unitsDrafts).toEqual([]);
  });

  test('is not signed for by whoever wrote the draft, by its liaison, by an official of it or by another head', () => {
    const written = issued.and('reply', both, reply, forSignature);
    written.when('sign-own', both).then({ refused: 'own-approval' });
    expect(written.open.allowed(both, '2026-03-02')).not.toContain('sign-own');
    written.when('sign-own', head).then({ state: 'replied' });
    drafted.when('sign-own', housingLiaison).then({ refused: 'not-yours' });
    drafted.when('sign-own', housingDirector).then({ refused: 'not-found' });
    drafted.when('sign-own', otherHead).then({ refused: 'not-found' });
  });

  test('takes a draft back to its author with a reason, and another one can be put forward', () => {
    const sent = drafted.and('send-back', head, { reason: '数据未核实。' });
    expect(sent.state).toBe('issued');
    expect(sent.open.todos()).toMatchObject([{ act: 'reply', assignee: 'unit:housing' }]);
    sent.when('sign-own', head).then({ refused: 'not-now' });
    const again = sent.and('reply', housingLiaison, { measures: '已核实。' }, forSignature).and('sign-own', head);
    expect(again.detailsFor(clerk)).toMatchObject({ reply: { measures: '已核实。' } });
  });

  test('signs the last draft where another one came after it', () => {
    const newer = drafted.and('reply', housingLiaison, { measures: '修改稿。' }, forSignature).and('sign-own', head);
    expect(newer.detailsFor(clerk)).toMatchObject({ reply: { measures: '修改稿。' } });
  });

  test('signs nothing that the matter has left behind', () => {
    drafted.and('rescind', principal, { reason: '事实有误。' }).when('sign-own', head).then({ refused: 'not-now' });
  });

  test('puts nothing forward that would be refused, and nothing that is not signed', () => {
    issued.when('reply', housingLiaison, { measures: '' }, forSignature).then({ refused: 'malformed' });
    issued.when('dispute', housingLiaison, { grounds: '有误。' }, forSignature).then({ refused: 'malformed' });
    issued.when('reply', ecologyLiaison, reply, forSignature).then({ refused: 'not-found' });
  });

  test('may sign in its own system, whose name of the signer is kept', () => {
    const system: Caller = { ...housingLiaison, id: 'housing-oa', signedBy: { name: '朱建', on: '2026-03-02' } };
    const replied = issued.and('reply', system, reply);
    expect(replied.state).toBe('replied');
    expect(replied.commits.at(-1)?.by).toMatchObject({ signedBy: { name: '朱建', on: '2026-03-02' } });
  });

  test('has heads who see what is addressed to it, and who do not answer for it', () => {
    expect(issued.open.sees(head)).toBe('own');
    expect(issued.open.sees(otherHead)).toBeUndefined();
    issued.when('reply', head, reply).then({ refused: 'not-yours' });
  });
});

describe('a unit that need not sign', () => {
  test.each([
    ['where nothing is set', null],
    ['where the setting is off', { all: 'off' } as const],
    ['where another unit signs', { all: 'off', units: { ecology: 'required' } } as const],
    ['where it alone need not', { all: 'required', units: { housing: 'off' } } as const],
  ])('replies at once %s, and puts nothing forward', (_where, setting) => {
    const open = issuedIn(withSetting(setting));
    open.when('reply', housingLiaison, reply).then({ state: 'replied' });
    open.when('reply', housingLiaison, reply, forSignature).then({ refused: 'malformed' });
  });

  test('signs where the setting names it alone', () => {
    issuedIn(withSetting({ all: 'off', units: { housing: 'required' } }))
      .when('reply', housingLiaison, reply)
      .then({ refused: 'signature-needed' });
  });
});
