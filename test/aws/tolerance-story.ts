import { chinaDate } from '@dandang/calendar/civil-date.ts';
import { deliveryAnswer, standingAnswer } from '@dandang/api/answers.ts';
import { machineClock } from '@dandang/lambda/aws.ts';
import * as z from 'zod/mini';
import { said, verdict } from '../journeys/caller.ts';
import { application, exempting, filedAndAccepted, proposed } from '../journeys/tolerance-acts.ts';
import type { DeployedTown } from './deployed-town.ts';
import { eventually } from './eventually.ts';

const record = z.object({ interviews: z.array(z.object({ id: z.string(), counts: z.boolean() })) });

/** Follows the story of the interview: the interview that was held with the director is tolerated. */
export function toleranceStory(town: () => DeployedTown): void {
  test('a venture that was filed beforehand is tolerated: five deliveries, a correction, standing and ladder', async () => {
    const { as, does, mailbox, matter } = town();
    const interviews = async () =>
      said(await as('organization-officer').get('/api/officials/housing-director/record'), record).interviews;
    const [held] = await interviews();
    const filing = await filedAndAccepted(town());
    const path = await proposed(town(), {
      riskFilings: [filing],
      accountability: { ...application.accountability, matters: [{ kind: 'interview', id: held?.id ?? '' }] },
    });
    const decided = await does('discipline-head', path, 'decide', {
      ...exempting,
      meeting: { body: '市纪委常委会', on: chinaDate(machineClock()) },
    });
    const number = decided.documents[0]?.number ?? '';
    const mails = await eventually(
      async () => (await mailbox.list()).filter(({ subject }) => subject.includes(number)),
      (found) => found.length >= 5,
    );
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(5);
    const signers = ['housing-director', 'housing-liaison', 'organization-officer'] as const;
    for (const [index, signer] of [...signers, 'inspection-officer', 'audit-officer'].entries()) {
      const delivery = `/api/deliveries/${decided.deliveries[index]?.id ?? ''}/acknowledge`;
      expect(said(await as(signer).post(delivery), deliveryAnswer).state).toBe('acknowledged');
    }
    // Who is not concerned learns nothing.
    expect(verdict(await as('ecology-liaison').get(path))).toBe('404 not-found');
    // bus → the ladder's own function
    expect(
      await eventually(interviews, (found) => found.every((one) => one.id !== held?.id || !one.counts)),
    ).toMatchObject([{ counts: false }]);
    const standing = await as('audit-officer').get('/api/officials/housing-director/standing?purpose=audit');
    expect(said(standing, standingAnswer).items).toMatchObject([{ effect: 'not-held', outcome: 'exempt' }]);

    await does('housing-liaison', path, 'file-correction', { report: '（演示）施工许可已补办。' });
    await does('discipline-officer', path, 'accept-correction');
    expect((await matter('housing-director', path)).state).toBe('closed');
  }, 240_000);
}
