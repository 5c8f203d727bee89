import { deliveryAnswer, listForm, matterAnswerForm, openDeadlineAnswer } from '@dandang/api/answers.ts';
import { said } from '../journeys/caller.ts';
import { copyOf } from './copy-of.ts';
import type { DeployedTown } from './deployed-town.ts';
import { eventually } from './eventually.ts';

export function reminderStory(town: () => DeployedTown): void {
  test('a reminder goes from draft to closed: mails go out, the clock speaks, copies are kept', async () => {
    const { as, does, history, mailbox, matter, runs } = town();
    const drafted = said(
      await as('clerk').post('/api/reminders', {
        unit: 'housing',
        leader: 'deputy-leader',
        circumstance: 'slow-progress',
        subject: '老旧小区改造项目推进缓慢',
        findings: '（演示）完成率低于序时进度。',
        requirements: '（演示）逐项列明原因、责任人和开工时间。',
        replyWithin: { amount: 1, unit: 'working-day' },
      }),
      matterAnswerForm,
    );
    const path = `/api/reminders/${drafted.id}`;
    await does('clerk', path, 'submit');
    await does('deputy-leader', path, 'approve', { opinion: '同意印发。' });
    const issued = await does('clerk', path, 'issue');
    expect(issued.documents).toHaveLength(2);

    // stream → publish → bus → dispatch → queue → dispatch → SMTP
    const numbers = issued.documents.flatMap(({ number }) => number ?? []);
    const letters = await eventually(
      async () =>
        (await mailbox.list())
          .filter(({ subject }) => numbers.some((number) => subject.includes(number)))
          .map(({ to }) => to),
      (to) => to.length >= 2,
    );
    expect(letters.sort()).toEqual(['deputy-leader@dandang.example', 'housing@dandang.example']);
    const sent = await eventually(
      () => matter('clerk', path),
      ({ deliveries }) => deliveries.length === 2 && deliveries.every(({ state }) => state === 'sent'),
    );
    for (const { id, as: quality } of sent.deliveries) {
      const signer = quality === 'prompt' ? 'deputy-leader' : 'housing-liaison';
      said(await as(signer).post(`/api/deliveries/${id}/acknowledge`), deliveryAnswer);
    }

    const letter = issued.documents[0]?.id ?? '';
    const docx = await as('clerk').get(`${path}/documents/${letter}.docx`);
    expect([docx.status, new TextDecoder().decode(docx.bytes.slice(0, 2))]).toEqual([200, 'PK']);

    // The deadline is yellow at once, and only the schedule may say so.
    await eventually(
      async () => said(await as('clerk').get('/api/deadlines'), listForm(openDeadlineAnswer)).items.length,
      (count) => count === 1,
    );
    await runs('deadlines-lights');
    const byClock = async () => (await history('clerk', path)).items.filter(({ by }) => by.id === 'clock');
    const spoken = await eventually(byClock, (items) => items.length > 0);
    expect(spoken.flatMap(({ events }) => events.map(({ type }) => type))).toEqual(['DeadlineNear']);

    await does('housing-liaison', path, 'reply', { measures: '（演示）本月内全部开工。' });
    const closed = await does('clerk', path, 'review', { outcome: 'effective', opinion: '同意办结。' });
    expect(closed.state).toBe('closed');
    const end = await history('clerk', path);
    expect(end.intact).toBe(true);

    const file = `reminder/${drafted.id}`;
    const last = end.items.at(-1)?.version ?? 0;
    const copy = await eventually(
      () => copyOf(town(), file, last),
      (text) => text !== '',
    );
    expect(JSON.parse(copy)).toMatchObject({ matter: file, version: last });
  }, 480_000);
}
