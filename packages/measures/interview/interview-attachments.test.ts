import type { AttachmentFacts } from '@dandang/casework/attachment.ts';
import {
  held,
  interviewTown,
  evening,
  measures,
  notified,
  organizationOfficer,
  record,
  rectifying,
} from '../../../test/story/interview-town.ts';
import { clerk, disciplineOfficer, housingDirector, housingLiaison } from '../../../test/story/town.ts';

const sha256 = 'e'.repeat(64);
const arrived = { size: 900, sha256 };
const fileOf = (id: string) => ({ id, filename: `${id}.pdf`, contentType: 'application/pdf', size: 900, sha256 });
const factsOf = (id: string, by: string): AttachmentFacts => ({ ...fileOf(id), by, usedBy: [], arrived });

const world = {
  ...interviewTown,
  attachments: [factsOf('minutes', organizationOfficer.id), factsOf('plan', housingLiaison.id)],
};

test('the record of an interview keeps its annexes, for those who see the whole record', () => {
  const story = notified(world)
    .when('hold', organizationOfficer, { ...record, attachments: ['minutes'] }, { now: evening })
    .then({ state: 'held' });
  expect(story.detailsFor(clerk)).toMatchObject({ held: { attachments: [fileOf('minutes')] } });
  expect(JSON.stringify(story.detailsFor(housingLiaison))).not.toContain('minutes.pdf');
});

test('a rectification plan keeps its annexes, and the next one has its own', () => {
  const filed = held(world)
    .when('file-plan', housingLiaison, { measures, attachments: ['plan'] })
    .then({ state: 'plan-filed', events: ['PlanFiled', 'DeadlineMet'] });
  for (const caller of [clerk, housingLiaison, housingDirector])
    expect(filed.detailsFor(caller)).toMatchObject({ measures, attachments: [fileOf('plan')] });
  const again = filed.and('return-plan', clerk, { reason: '太笼统' }).and('file-plan', housingLiaison, { measures });
  expect(again.detailsFor(clerk)).toMatchObject({ attachments: [] });
});

test('a progress report keeps its annexes beside the earlier reports', () => {
  const report = { text: '已完成一半。', progress: 50 };
  const story = rectifying(world)
    .and('report', housingLiaison, { ...report, attachments: ['plan'] })
    .and('report', housingLiaison, { ...report, progress: 80 });
  expect(story.detailsFor(disciplineOfficer)).toMatchObject({
    reports: [
      { ...report, attachments: [fileOf('plan')] },
      { text: report.text, progress: 80 },
    ],
  });
  expect(story.events.filter((event) => event.type === 'ProgressReported').map((event) => event.data)).toEqual([
    { ...report, attachments: [fileOf('plan')] },
    { ...report, progress: 80 },
  ]);
});

test.each([
  ['hold', () => notified(world), organizationOfficer, { ...record, attachments: ['plan'] }],
  ['file-plan', () => held(world), housingLiaison, { measures, attachments: ['minutes'] }],
  ['report', () => rectifying(world), housingLiaison, { text: '进展', progress: 1, attachments: ['minutes'] }],
] as const)('%s is refused with somebody else’s attachment', (command, story, by, body) => {
  story().when(command, by, body, { now: evening }).then({ refused: 'attachment-missing', events: [] });
});
