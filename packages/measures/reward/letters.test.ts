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

const basis = '根据《宜昌市公务员及时表扬奖励常态化实施办法（试行）》，';
const team = '市交通运输局（演示）抢险突击队';
const director = 'housing-director（演示）同志';
const directorInFull = '市住房和城乡建设局（演示）局长housing-director（演示）';
const opening = `${basis}经市住房和城乡建设局（演示）提名，并经专项考核、批准和公示，决定对${team}、${directorInFull}同志给予及时奖励，表彰其在“防汛抗洪抢险”中的突出表现。`;

test('the decision says first who gets what and for what, then for every candidate its facts and its clause', () => {
  const lines = linesOf(contentOf(granted(), 'reward-decision'));
  expect(lines.slice(0, 4)).toEqual([opening, '一、主要事迹', nomination.merits, '二、奖励对象和事由']);
  // Each under its own name, whichever comes first.
  const of = (name: string) => {
    const at = lines.findIndex((line) => line.endsWith(`）${name}`));
    return lines[at + 1];
  };
  expect(lines).toHaveLength(8);
  expect(of(directorInFull)).toBe('带队封堵管涌三处。符合“直接承担急难险重任务的”的规定。');
  expect(of(team)).toBe('抢通断道两条。符合“直接处理突发事件的”的规定。');
});

test('the decision is a document of the office that publicised, with number, addressees and copies', () => {
  expect(contentOf(granted(), 'reward-decision')).toMatchObject({
    layout: 'document',
    issuer: '市委组织部（演示）',
    title: `关于对${team}、${director}给予及时奖励的决定`,
    number: '演奖〔2026〕1号',
    addressees: [team, director],
    signatories: ['市委组织部（演示）'],
    date: dayAfter,
    copies: ['市住房和城乡建设局（演示）'],
    printedBy: '市委组织部（演示）',
  });
});

test('the decision prints an amount only where the deployment has set one', () => {
  const world = toleranceTownWith({ 'reward.amounts': { 'timely-reward': '疗养一次' } });
  expect(linesOf(contentOf(granted(world), 'reward-decision'))[1]).toBe('奖金或者待遇为疗养一次。');
  expect(linesOf(contentOf(granted(), 'reward-decision')).join('')).not.toContain('奖金');
});

test('a collective whose name begins with its unit’s is not named twice by it', () => {
  const change = {
    candidates: [{ collective: { unit: 'transport', name: team } }],
    citations: [{ collective: team, clause: '直接处理突发事件的', facts: '抢通断道两条。' }],
  };
  const content = contentOf(granted(undefined, change), 'reward-decision');
  expect(content.addressees).toEqual([team]);
  expect(linesOf(content)[0]).toContain(`决定对${team}给予及时奖励，`);
});

test('the revocation of a kind of the city’s own names no law for it', () => {
  const story = granted().and('revoke', principal, { ground: 'fraud' });
  expect(linesOf(contentOf(story, 'reward-revocation'))[1]).toMatch(/^经研究，决定撤销演奖〔2026〕1号/);
});

test('the revocation names the decision, the law and its ground, and what is to be returned', () => {
  const story = granted(undefined, { kind: 'merit-third' }).and('revoke', principal, { ground: 'fraud' });
  const content = contentOf(story, 'reward-revocation');
  expect(linesOf(content)).toEqual([
    '经查，存在“弄虚作假，骗取奖励”的情形。',
    `依据《公务员法》第五十六条，经研究，决定撤销演奖〔2026〕1号《关于对${team}、${director}记三等功的决定》给予的奖励，原决定自本通知印发之日起不再执行。`,
    '原决定给予的证书、奖章、奖金或者待遇，由市委组织部（演示）收回。',
    '特此通知。',
  ]);
  expect(content).toMatchObject({
    issuer: '市委组织部（演示）',
    number: '演奖〔2026〕2号',
    addressees: ['市交通运输局（演示）、市住房和城乡建设局（演示）', director],
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
    `${basis}经市住房和城乡建设局（演示）提名，并经专项考核、批准和公示，现推荐对在“防汛抗洪抢险”中表现突出的${team}、${directorInFull}同志授予称号，请予审批。`,
  );
  expect(lines.slice(1, 4)).toEqual(['一、主要事迹', nomination.merits, '二、奖励对象和事由']);
  expect(lines).toContain('抢通断道两条。符合“直接处理突发事件的”的规定。');
  expect(lines.at(-1)).toBe('特此报告。');
  expect(lines.join('')).not.toContain('决定');
});
