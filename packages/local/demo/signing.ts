import { roles } from '@dandang/access/caller.ts';
import { receives } from '@dandang/access/party.ts';
import { deliveryAnswer } from '@dandang/api/answers.ts';
import * as z from 'zod/mini';
import type { ApiClient } from '../api-client.ts';
import type { MatterAnswer } from './command.ts';
import { ok, say } from './display.ts';
import { everyMail } from './new-mails.ts';
import type { Town } from './town.ts';

const people = z.array(z.object({ id: z.string(), name: z.string(), unit: z.string(), roles: z.array(z.enum(roles)) }));

/**
 * Signs 签收 for each of these deliveries as its recipient: a letter to a person is signed for by that person, one to a
 * unit by the first of its people who answers for it. `office`, which handles the matter, sees who the recipients are.
 */
export async function signForEach(
  town: Town,
  office: ApiClient,
  deliveries: MatterAnswer['deliveries'],
): Promise<void> {
  // A delivery has a file of its own once its mail is out.
  await everyMail(town);
  const everybody = ok(await town.dev.get('/dev/people'), people);
  for (const { id } of deliveries) {
    const { recipient } = ok(await office.get(`/api/deliveries/${id}`), deliveryAnswer);
    const signer = everybody.find((one) => receives(one, recipient));
    if (signer === undefined) throw new Error(`nobody signs for ${recipient.name}`);
    const signed = ok(await (await town.as(signer.id)).post(`/api/deliveries/${id}/acknowledge`), deliveryAnswer);
    say(`${signed.recipient.name}：${signed.state} ${signed.acknowledgedAt ?? ''}`);
  }
}
