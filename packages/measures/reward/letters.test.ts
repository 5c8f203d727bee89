import type { LetterContent } from '@dandang/letters/letter.ts';
import { organizationOfficer } from '../../../test/story/interview-town.ts';
import { dayAfter, granted, nomination, publicised } from '../../../test/story/reward-town.ts';
import { at, type Story } from '../../../test/story/story.ts';
import { toleranceTownWith } from '../../../test/story/tolerance-town.ts';
import { principal } from '../../../test/story/town.ts';

function contentOf(story: Story, type: string): LetterContent {
  const found = story.open.matter.letters.find((one) => one.type === type);
  if (found === undefined) throw new Error(`there is no ${type}`);
  return found.content;
}
const linesOf = (content: LetterContent): string[] =>
  content.body.map((block) => (block.kind === 'table' ? '' : block.text));

const opening =
  '经市住房和城乡建设局（演示）提名，并经专项考核、批准和公示，决定对在“防汛抗洪抢险”中表现突出的下列集体和个人给予奖励。';

test('the decision names kind, deed, and for every candidate its clause and its facts', () => {
  expect(linesOf(contentOf(granted(), 'reward-decision'))).toEqual([
    opening,
    '一、奖励种类',
    '及时奖励。',
    '二、主要事迹',
    nomination.merits,
    '三、奖励对象和事由',
    '（一）市住房和城乡建设局（演示）局长housing-director（演示）',
    '适用条款：直接承担急难险重任务的',
    '事例：带队封堵管涌三处。',
    '（二）市交通运输局（演示）抢险突击队',
    '适用条款：直接处理突发事件的',
    '事例：抢通断道两条。',
  ]);
});

test('the decision is a document of the office that publicised, with number, addressees and copies', () => {
  expect(contentOf(granted(), 'reward-decision')).toMatchObject({
    layout: 'document',
    issuer: '市委组织部（演示）',
    title: '关于“防汛抗洪抢险”奖励的决定',
    number: '演奖〔2026〕1号',
    addressees: ['housing-director（演示）', '市交通运输局（演示）抢险突击队'],
    signatories: ['市委组织部（演示）'],
    date: dayAfter,
    copies: ['市住房和城乡建设局（演示）'],
    printedBy: '市委组织部（演示）',
  });
});

test('the decision prints an amount only where the deployment has set one', () => {
  const world = toleranceTownWith({ 'reward.amounts': { 'timely-reward': '疗养一次' } });
  expect(linesOf(contentOf(granted(world), 'reward-decision'))[3]).toBe('奖金或者待遇：疗养一次。');
});

test('a collective whose name begins with its unit’s is not named twice by it', () => {
  const name = '市交通运输局（演示）抢险突击队';
  const change = {
    candidates: [{ collective: { unit: 'transport', name } }],
    citations: [{ collective: name, clause: '直接处理突发事件的', facts: '抢通断道两条。' }],
  };
  const content = contentOf(granted(undefined, change), 'reward-decision');
  expect(content.addressees).toEqual([name]);
  expect(linesOf(content)[0]).toContain('表现突出的下列集体给予奖励');
});

test('the revocation of a kind of the city’s own names no law for it', () => {
  const story = granted().and('revoke', principal, { ground: 'fraud' });
  expect(linesOf(contentOf(story, 'reward-revocation'))[1]).toMatch(/^现撤销演奖〔2026〕1号/);
});

test('the revocation names the decision, the law and its ground', () => {
  const story = granted(undefined, { kind: 'merit-third' }).and('revoke', principal, { ground: 'fraud' });
  const content = contentOf(story, 'reward-revocation');
  expect(linesOf(content)).toEqual([
    '经查，存在以下情形：弄虚作假，骗取奖励的。',
    '依据《公务员法》第五十六条，现撤销演奖〔2026〕1号《关于“防汛抗洪抢险”奖励的决定》给予的奖励，原决定自本通知印发之日起不再执行。',
  ]);
  expect(content).toMatchObject({
    issuer: '市委组织部（演示）',
    number: '演奖〔2026〕2号',
    addressees: ['housing-director（演示）', '市交通运输局（演示）', '市住房和城乡建设局（演示）'],
  });
});

test('the recommendation names the kind, the deed and every candidate, to the body above, and is nobody’s decision', () => {
  const story = publicised(undefined, { kind: 'title' })
    .throughDay(dayAfter)
    .and('recommend', organizationOfficer, {}, { now: at(dayAfter) });
  const content = contentOf(story, 'reward-recommendation');
  expect(content).toMatchObject({
    layout: 'document',
    issuer: '市委组织部（演示）',
    title: '关于推荐“防汛抗洪抢险”奖励对象的报告',
    number: '演奖〔2026〕1号',
    addressees: ['上级审批机关'],
    copies: ['市住房和城乡建设局（演示）'],
  });
  const lines = linesOf(content);
  expect(lines[0]).toBe(
    '经市住房和城乡建设局（演示）提名，并经专项考核、批准和公示，现推荐在“防汛抗洪抢险”中表现突出的下列集体和个人授予称号，请予审批。',
  );
  expect(lines.slice(1, 4)).toEqual(['一、奖励种类', '授予称号。', '二、主要事迹']);
  expect(lines.join('')).toContain('事例：抢通断道两条。');
  expect(lines.join('')).not.toContain('决定');
});
