import * as z from 'zod/mini';
import { ok, say } from './display.ts';
import type { Town } from './town.ts';

const mailForm = z.object({
  to: z.string(),
  subject: z.string(),
  attachments: z.array(z.object({ filename: z.string() })),
});
export type Mail = z.infer<typeof mailForm>;

/** Every mail so far, once everything that was set going has come to rest. */
export const everyMail = async ({ dev }: Town): Promise<Mail[]> => ok(await dev.get('/dev/mail'), z.array(mailForm));

/** What gives, whenever it is asked, the mails that have come since now. */
export async function mailsFromNow(town: Town): Promise<() => Promise<Mail[]>> {
  const before = (await everyMail(town)).length;
  return async () => (await everyMail(town)).slice(before);
}

export function sayMails(mails: readonly Mail[]): void {
  for (const { to, subject, attachments } of mails)
    say(`✉ ${to}  ${subject}${attachments.map(({ filename }) => `  + ${filename}`).join('')}`);
}
