import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { bounceAnswer, deliveryAnswer } from '@dandang/api/answers.ts';
import { said, verdict } from './caller.ts';
import { type DeliveryAnswer, type RunningTown, startTown } from './running-town.ts';

/* A mail that comes back as a mail, days later: the report is handed in as it came. */
let town: RunningTown;
beforeAll(async () => {
  town = await startTown('2026-09-15T10:00:00.000+08:00');
}, 30_000);
afterAll(() => town.close());

const sent = async (subject: string): Promise<{ letter: DeliveryAnswer; messageId: string }> => {
  const path = await town.issued({ subject });
  await town.mails();
  const letter = (await town.deliveries('clerk')).find(
    (one) => path.endsWith(`/${one.matter?.id ?? ''}`) && one.documentType === 'reminder-letter',
  );
  if (letter === undefined) throw new Error('the letter has no delivery');
  const { messageId = '' } = said(await town.as('clerk').get(`/api/deliveries/${letter.id}`), deliveryAnswer);
  return { letter, messageId };
};
const stateOf = async ({ id }: DeliveryAnswer): Promise<DeliveryAnswer> =>
  said(await town.as('clerk').get(`/api/deliveries/${id}`), deliveryAnswer);

interface Told {
  readonly messageId?: string;
  readonly action?: string;
  /** The original whole, or its headers only. */
  readonly original?: 'message/rfc822' | 'text/rfc822-headers';
  readonly note?: string;
}

/** A report as mail servers write one (RFC 3464), in GB18030 besides. */
function report({
  messageId,
  action = 'failed',
  original = 'message/rfc822',
  note = '',
}: Told): Uint8Array<ArrayBuffer> {
  const lines = [
    'From: MAILER-DAEMON@mx.housing.example',
    'To: dandang@dandang.example',
    'Subject: =?GB18030?B?zcvQxQ==?=',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    ' boundary="parts"',
    '',
    '--parts',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `Your mail could not be delivered. ${note}`,
    '--parts',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.housing.example',
    '',
    'Final-Recipient: rfc822; housing@dandang.example',
    `Action: ${action}`,
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 <housing@dandang.example>:',
    '    user unknown',
    '',
    '--parts',
    `Content-Type: ${original}`,
    '',
    'From: dandang@dandang.example',
    ...(messageId === undefined ? [] : ['Message-ID:', ` ${messageId}`]),
    'Subject: x',
    '',
    ...(original === 'message/rfc822' ? ['Message-ID: <not-this-one@dandang.example>', ''] : []),
    '--parts--',
    '',
  ];
  return new TextEncoder().encode(lines.join('\r\n'));
}
const hand = (name: Parameters<RunningTown['as']>[0], raw: Uint8Array<ArrayBuffer>) =>
  town.as(name).post('/api/deliveries/bounces', undefined, { raw, headers: { 'content-type': 'message/rfc822' } });
const problems = z.object({ errors: z.array(z.object({ path: z.string() })) });
const pathsOf = (body: unknown): string[] => z.parse(problems, body).errors.map(({ path }) => path);

test.each(['message/rfc822', 'text/rfc822-headers'] as const)(
  'a report with the original as %s makes its delivery bounced, once',
  async (original) => {
    const { letter, messageId } = await sent(`退信 ${original}`);
    const came = report({ messageId, original });
    const first = said(await hand('clerk', came), bounceAnswer);
    expect(first).toEqual({ delivery: letter.id, state: 'bounced', outcome: 'bounced' });
    const bounced = await stateOf(letter);
    expect(bounced).toMatchObject({ state: 'bounced', reason: '5.1.1 550 5.1.1 …: user unknown' });
    expect(said(await hand('clerk', came), bounceAnswer)).toEqual(first);
    expect((await stateOf(letter)).changedAt).toBe(bounced.changedAt);
    // Sent again to the same address it has the same Message-ID: the old report says nothing of the new mail.
    expect(verdict(await town.as('clerk').post(`/api/deliveries/${letter.id}/resend`))).toBe('200');
    await town.mails();
    expect((await stateOf(letter)).state).toBe('sent');
    await hand('clerk', came);
    expect((await stateOf(letter)).state).toBe('sent');
  },
);

test('a mail that is only delayed has not come back', async () => {
  const { letter, messageId } = await sent('延迟');
  const answer = said(await hand('clerk', report({ messageId, action: 'delayed' })), bounceAnswer);
  expect(answer).toEqual({ delivery: letter.id, state: 'sent', outcome: 'nothing' });
  expect((await stateOf(letter)).state).toBe('sent');
});

test('what comes back from an address that was given up meanwhile says nothing of the new one', async () => {
  const { letter, messageId } = await sent('旧地址');
  await hand('clerk', report({ messageId }));
  await town.as('clerk').post(`/api/deliveries/${letter.id}/resend`, { address: 'new@housing.example' });
  await town.mails();
  expect(said(await hand('clerk', report({ messageId, note: 'again' })), bounceAnswer).outcome).toBe('nothing');
  expect((await stateOf(letter)).state).toBe('sent');
});

test('the handling office and the administrator may hand one in, and nobody else learns whose mail it was', async () => {
  const { letter, messageId } = await sent('何人');
  for (const name of ['housing-liaison', 'deputy-leader', 'ecology-liaison'] as const) {
    const refused = await hand(name, report({ messageId }));
    expect([verdict(refused), pathsOf(refused.body)]).toEqual(['400 malformed', ['Message-ID']]);
    expect(said(await town.as('housing-liaison').get(`/api/deliveries/${letter.id}`), deliveryAnswer).messageId).toBe(
      undefined,
    );
  }
  expect(verdict(await hand('admin', report({ messageId })))).toBe('200');
  expect((await stateOf(letter)).state).toBe('bounced');
});

test('what is no report, or of no mail of ours, is refused by what it lacks', async () => {
  const strange = `<${createHash('sha1').update('x').digest('hex')}@dandang.example>`;
  const refusals: [Uint8Array<ArrayBuffer>, string][] = [
    [new TextEncoder().encode('hello'), 'message/delivery-status'],
    [new Uint8Array(), 'message/delivery-status'],
    [report({}), 'Message-ID'],
    [report({ messageId: strange }), 'Message-ID'],
    [report({ messageId: '<somebody@else.example>' }), 'Message-ID'],
  ];
  for (const [raw, path] of refusals) {
    const refused = await hand('admin', raw);
    expect([verdict(refused), pathsOf(refused.body)]).toEqual(['400 malformed', [path]]);
  }
  expect(verdict(await hand('admin', new Uint8Array(300_000)))).toBe('413 too-large');
});
