import type { AttachmentFacts } from '@dandang/casework/attachment.ts';
import { given } from '../../../test/story/story.ts';
import { clerk, deputy, housingLiaison, town } from '../../../test/story/town.ts';
import { reminder } from './reminder.ts';

const sha256 = 'c'.repeat(64);
const file = { id: 'a1', filename: '开工照片.jpg', contentType: 'image/jpeg', size: 4711, sha256 };
const photo: AttachmentFacts = { ...file, by: housingLiaison.id, usedBy: [], arrived: { size: 4711, sha256 } };

const draft = {
  unit: 'housing',
  leader: 'deputy-leader',
  circumstance: 'slow-progress',
  subject: '老旧小区改造项目推进缓慢',
  findings: '完成率低于序时进度。',
  requirements: '逐项列明原因。',
};
const issued = (...attachments: readonly AttachmentFacts[]) =>
  given(reminder, { ...town, attachments })
    .opened(clerk, draft)
    .and('submit', clerk)
    .and('approve', deputy, { opinion: '同意' })
    .and('issue', clerk);
const reply = (attachments: unknown) => ({ measures: '已开工。', attachments });

test('a reply keeps what is attached to it, and whoever sees the reply sees that', () => {
  const replied = issued(photo)
    .when('reply', housingLiaison, reply(['a1']))
    .then({ state: 'replied', events: ['ReplyFiled', 'DeadlineMet'] });
  expect(replied.events).toContainEqual({ type: 'ReplyFiled', data: { measures: '已开工。', attachments: [file] } });
  for (const caller of [clerk, housingLiaison])
    expect(replied.detailsFor(caller)).toMatchObject({ reply: { measures: '已开工。', attachments: [file] } });
});

test('a reply without attachments says nothing of them', () => {
  const { events } = issued(photo).and('reply', housingLiaison, reply([]));
  expect(events).toContainEqual({ type: 'ReplyFiled', data: { measures: '已开工。' } });
});

test.each([
  ['did not arrive', { arrived: undefined }, 'attachment-missing'],
  ['arrived damaged', { arrived: { size: 4711, sha256: 'd'.repeat(64) } }, 'attachment-mismatch'],
  ['is the clerk’s', { by: clerk.id }, 'attachment-missing'],
  ['belongs to another matter', { usedBy: ['reminder/m2'] }, 'attachment-missing'],
] as const)('a reply whose attachment %s is refused, and the reminder still waits', (_, change, code) => {
  issued({ ...photo, ...change })
    .when('reply', housingLiaison, reply(['a1']))
    .then({ refused: code, detail: 'a1', state: 'issued', events: [] });
});

test.each([
  ['more than twenty', Array.from({ length: 21 }, (__, index) => `a${index}`)],
  ['something that is no id', ['../a1']],
  ['one that is not in a list', 'a1'],
])('a reply that names %s is malformed', (_, attachments) => {
  issued(photo).when('reply', housingLiaison, reply(attachments)).then({ refused: 'malformed', events: [] });
});
