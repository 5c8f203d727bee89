import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { matterAnswerForm } from '@dandang/api/answers.ts';
import { said } from '../journeys/caller.ts';
import { draftOf } from '../journeys/running-town.ts';
import { copyOf } from './copy-of.ts';
import type { DeployedTown } from './deployed-town.ts';
import { eventually } from './eventually.ts';

/** Where the dispatch is away the bus gives its announcements to nobody: what is issued meanwhile never reaches its queue. */
const rule = { Name: 'dandang-test-dispatch-bus', EventBusName: 'dandang-test' };

export function outageStory(town: () => DeployedTown): void {
  test('nothing that was issued during an outage of a subscriber waits for a person', async () => {
    const { aws, as, does, mailbox, matter, runs, deadLetters } = town();
    const drafted = said(await as('clerk').post('/api/reminders', draftOf()), matterAnswerForm);
    const path = `/api/reminders/${drafted.id}`;
    await does('clerk', path, 'submit');
    await does('deputy-leader', path, 'approve', { opinion: '同意印发。' });

    const events = new EventBridgeClient(aws);
    await events.send(new DisableRuleCommand(rule));
    const issued = await does('clerk', path, 'issue');
    // The receipt is there: the bus has taken the announcement, and nobody will make it again by itself.
    await eventually(
      () => copyOf(town(), `reminder/${drafted.id}`, issued.version),
      (copy) => copy !== '',
    );
    await events.send(new EnableRuleCommand(rule));
    events.destroy();
    expect((await matter('clerk', path)).deliveries.map(({ state }) => state)).not.toContain('sent');
    const numbers = issued.documents.flatMap(({ number }) => number ?? []);
    const letters = async (): Promise<string[]> =>
      (await mailbox.list())
        .filter(({ subject }) => numbers.some((number) => subject.includes(number)))
        .map(({ to }) => to)
        .sort();
    expect([numbers.length > 0, await letters()]).toEqual([true, []]);

    await runs('reconcile-nightly');
    await eventually(letters, (to) => to.length >= 2);
    await eventually(
      () => matter('clerk', path),
      ({ deliveries }) => deliveries.length === 2 && deliveries.every(({ state }) => state === 'sent'),
    );
    // Another night finds nothing more to do, and nothing was set aside for a person.
    await runs('reconcile-nightly');
    expect(await letters()).toEqual(['deputy-leader@dandang.example', 'housing@dandang.example']);
    expect(await deadLetters()).not.toHaveProperty('dispatch');
  }, 300_000);
}
