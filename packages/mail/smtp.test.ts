import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { loopbackCertificate } from './loopback-certificate.ts';
import type { OutgoingMail } from './message.ts';
import { smtpTransport } from './smtp.ts';
import type { MailTransport, SmtpSettings } from './smtp.ts';

const mail: OutgoingMail = {
  messageId: '<0123456789abcdef@dandang.example>',
  to: { address: 'zhangsan@housing.example', name: '张三' },
  subject: '约谈通知书 宜督约〔2026〕1号',
  text: '市委督查室向您发送《约谈通知书》\nhttps://dandang.example/deliveries/d-1\n',
  possibleDuplicate: false,
  sentAt: '2026-09-24T09:00:00.000+08:00',
};
const from = { address: 'noreply@dandang.example', name: '担当系统' };
const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function transportTo(port: number, settings: Partial<SmtpSettings> = {}): MailTransport {
  const transport = smtpTransport({ host: '127.0.0.1', port, tls: 'none', from, ...settings });
  cleanUps.push(() => transport.close());
  return transport;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return address.port;
}

/** What was written as quoted-printable (RFC 2045, 6.7). */
const unquoted = (body: string): string =>
  Buffer.from(
    body
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  ).toString();

interface Received {
  envelope: { from: string; to: string[] };
  raw: string;
  parsed: Awaited<ReturnType<typeof PostalMime.parse>>;
}

/** A real server on the loopback that keeps in memory what it takes. */
async function given(options: SMTPServerOptions = {}): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    ...(options.key === undefined ? { disabledCommands: ['STARTTLS', 'AUTH'] } : {}),
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 10,
    onData(stream, session, answer) {
      void buffer(stream).then(async (content) => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          envelope: { from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address) },
          raw: content.toString('latin1'),
          parsed: await PostalMime.parse(content, { attachmentEncoding: 'arraybuffer' }),
        });
        answer(null, 'OK: queued as 42');
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  const listener = server.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  cleanUps.push(() => new Promise<void>((resolve) => server.close(resolve)));
  return { port: portOf(listener), received };
}

/** A server that answers each line it gets, and the end of a mail ('.'), as the script says; undefined is silence. */
async function givenScript(greeting: string | undefined, reply: (line: string) => string | undefined): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (greeting !== undefined) socket.write(`${greeting}\r\n`);
    let pending = '';
    socket.on('data', (chunk) => {
      const lines = (pending + chunk.toString('latin1')).split('\r\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        const answer = reply(line);
        if (answer === 'hang up') socket.destroy();
        else if (answer !== undefined) socket.write(`${answer}\r\n`);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return portOf(server);
}

/** As far as DATA all goes well. */
function untilData(line: string): string | undefined {
  if (line.startsWith('EHLO')) return '250 loopback';
  if (/^(MAIL|RCPT)/.test(line)) return '250 OK';
  return line === 'DATA' ? '354 go on' : undefined;
}

function refusing(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

describe('a mail that the server takes', () => {
  test('is accepted with the server reply, and arrives as it was written', async () => {
    const { port, received } = await given();
    expect(await transportTo(port).send(mail)).toEqual({ outcome: 'accepted', response: '250 OK: queued as 42' });
    expect(received).toHaveLength(1);
    expect(received[0]?.envelope).toEqual({ from: from.address, to: [mail.to.address] });
    expect(received[0]?.parsed).toMatchObject({
      messageId: mail.messageId,
      from,
      to: [mail.to],
      subject: mail.subject,
      text: mail.text,
      date: '2026-09-24T01:00:00.000Z',
    });
  });

  test('is nothing but ASCII on the wire, its subject encoded, and asks machines not to answer', async () => {
    const { port, received } = await given();
    await transportTo(port).send({ ...mail, subject: `${mail.subject}${'很长'.repeat(60)}` });
    const raw = received[0]?.raw ?? '';
    expect(raw).toMatch(/^[\t\r\n\x20-\x7e]*$/);
    expect(raw).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(received[0]?.parsed.subject).toBe(`${mail.subject}${'很长'.repeat(60)}`);
  });

  test.each([
    [true, ['yes']],
    [false, []],
  ])('says in a header whether it may be a repeat: %p', async (possibleDuplicate, values) => {
    const { port, received } = await given();
    await transportTo(port).send({ ...mail, possibleDuplicate });
    const headers = received[0]?.parsed.headers ?? [];
    expect(headers.filter(({ key }) => key === 'x-dandang-possible-duplicate').map(({ value }) => value)).toEqual(
      values,
    );
  });

  test('carries its attachments, byte for byte and with their Chinese names', async () => {
    const { port, received } = await given();
    const content = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7 + (index >> 8)) % 256);
    const invitation = 'BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n';
    await transportTo(port).send({
      ...mail,
      attachments: [
        { filename: '约谈通知书.docx', contentType: 'application/vnd.openxmlformats', content },
        { filename: '邀请.ics', contentType: 'text/calendar; method=REQUEST', content: Buffer.from(invitation) },
      ],
    });
    expect(received[0]?.parsed.attachments).toMatchObject([
      { filename: '约谈通知书.docx', mimeType: 'application/vnd.openxmlformats' },
      { filename: '邀请.ics', mimeType: 'text/calendar', method: 'REQUEST' },
    ]);
    const arrived = (received[0]?.parsed.attachments ?? []).map(({ content }) =>
      typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content)),
    );
    expect(arrived[0]?.equals(content)).toBe(true);
    expect(arrived[1]?.toString()).toBe(invitation);
  });

  test('carries an invitation as an alternative of its text, where calendars look for it, and attached besides', async () => {
    const { port, received } = await given();
    const content = Buffer.from('BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nX-甲:乙\r\nEND:VCALENDAR\r\n');
    const pdf = { filename: '函.docx', contentType: 'application/pdf', content: Buffer.from('1') };
    const invitation = { method: 'REQUEST', filename: 'invitation.ics', content } as const;
    for (const attachments of [[], [pdf]]) await transportTo(port).send({ ...mail, invitation, attachments });
    for (const { raw } of received) {
      const types = [...raw.matchAll(/^Content-Type: ([^;\r]+)/gim)].map(([, type]) => type);
      expect(types.slice(0, 5)).toEqual([
        'multipart/mixed',
        'multipart/alternative',
        'text/plain',
        'text/calendar',
        types.length === 6 ? 'application/pdf' : 'application/ics',
      ]);
      expect(types.at(-1)).toBe('application/ics');
      expect(raw).toMatch(/^Content-Type: text\/calendar; charset=utf-8; method=REQUEST\r$/m);
      const files = raw.matchAll(/^Content-Type: (text\/calendar|application\/ics)[^]*?\r\n\r\n([^]*?)\r\n--/gim);
      const written = [...files].map(([, type, body = '']) =>
        type === 'text/calendar' ? unquoted(body) : Buffer.from(body, 'base64').toString(),
      );
      // Byte for byte, with the line ends that calendars want.
      expect(written).toEqual([content.toString(), content.toString()]);
    }
    expect(received).toHaveLength(2);
  });

  test('is from whom it says by name, at the address that sends', async () => {
    const { port, received } = await given();
    await transportTo(port).send({ ...mail, fromName: '中共宜昌市委督查室（担当）' });
    expect(received[0]?.parsed.from).toEqual({ name: '中共宜昌市委督查室（担当）', address: from.address });
  });

  test('may go at the same time as another', async () => {
    const { port, received } = await given();
    const transport = transportTo(port);
    const ids = ['<one@dandang.example>', '<two@dandang.example>', '<three@dandang.example>'];
    const outcomes = await Promise.all(ids.map((messageId) => transport.send({ ...mail, messageId })));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(received.map(({ parsed }) => parsed.messageId).sort()).toEqual([...ids].sort());
  });

  test('gets no command, header, recipient or part that its fields smuggle in', async () => {
    const commands: string[] = [];
    const lines: string[] = [];
    let inMail = false;
    const port = await givenScript('220 loopback', (line) => {
      if (inMail && line !== '.') {
        lines.push(line.replace(/^\./, ''));
        return undefined;
      }
      if (inMail) {
        inMail = false;
        return '250 OK';
      }
      commands.push(line);
      inMail = line === 'DATA';
      return untilData(line);
    });
    const transport = transportTo(port);
    const hostile = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '\r\n',
            '\n',
            '\r',
            '\u2028',
            '\0',
            'Bcc: x@evil.example',
            'X-Evil: 1',
            '\r\n.\r\n',
            '"',
            ';',
            ' ',
          ),
          fc.string({ unit: 'binary' }),
        ),
      )
      .map((parts) => parts.join(''));
    const known =
      /^(from|to|subject|message-id|date|auto-submitted|mime-version|content-type|content-transfer-encoding|content-disposition)$/;
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, hostile, async (subject, name, filename, contentType) => {
        commands.length = 0;
        lines.length = 0;
        const outcome = await transport.send({
          ...mail,
          subject,
          to: { ...mail.to, name },
          attachments: [{ filename, contentType, content: Buffer.from('x') }],
        });
        expect(outcome.outcome).toBe('accepted');
        expect(commands).toEqual([
          'EHLO dandang.example',
          'MAIL FROM:<noreply@dandang.example>',
          'RCPT TO:<zhangsan@housing.example>',
          'DATA',
        ]);
        const parsed = await PostalMime.parse(lines.join('\r\n'));
        expect(parsed.to?.map(({ address }) => address)).toEqual([mail.to.address]);
        expect(parsed.text?.trimEnd()).toBe(mail.text.trimEnd());
        expect(parsed.attachments).toHaveLength(1);
        expect(parsed.headers.map(({ key }) => key).filter((key) => !known.test(key))).toEqual([]);
        // In the header of a part as little as in the header of the mail.
        expect(lines.filter((line) => /^(Bcc|X-Evil)/i.test(line))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test.each(['<a@b.example>\r\nBcc: c@d.example', 'a@b.example', '<>', '<a b@c.example>'])(
    'does not leave with the Message-ID %p',
    async (messageId) => {
      const { port, received } = await given();
      await expect(transportTo(port).send({ ...mail, messageId })).rejects.toThrow(RangeError);
      expect(received).toEqual([]);
    },
  );
});

describe('connections that are kept', () => {
  /** A server that notes on which of its connections each line came. */
  async function noted(reply: (line: string, connection: number, earlier: readonly string[]) => string | undefined) {
    const lines: { readonly connection: number; readonly line: string }[] = [];
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      const connection = sockets.push(socket);
      socket.on('error', () => undefined);
      socket.write('220 loopback\r\n');
      let pending = '';
      socket.on('data', (chunk) => {
        const whole = (pending + chunk.toString('latin1')).split('\r\n');
        pending = whole.pop() ?? '';
        for (const line of whole) {
          const earlier = lines.flatMap((one) => (one.connection === connection ? [one.line] : []));
          lines.push({ connection, line });
          const answer = reply(line, connection, earlier);
          if (answer === 'hang up') socket.destroy();
          else if (answer !== undefined) socket.write(`${answer}\r\n`);
        }
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanUps.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const ends = (): number[] => lines.filter(({ line }) => line === '.').map(({ connection }) => connection);
    return { port: portOf(server), ends, sockets };
  }
  const takingAll = (line: string): string | undefined =>
    line === '.' ? '250 taken' : line === 'RSET' ? '250 OK' : untilData(line);

  test('carry one mail after another', async () => {
    const { port, ends } = await noted(takingAll);
    const transport = transportTo(port, { connections: 1 });
    for (let round = 0; round < 3; round += 1)
      expect(await transport.send(mail)).toEqual({ outcome: 'accepted', response: '250 taken' });
    expect(ends()).toEqual([1, 1, 1]);
  });

  test('that the server closed meanwhile cost the next mail nothing', async () => {
    const { port, ends, sockets } = await noted(takingAll);
    const transport = transportTo(port, { connections: 1 });
    await transport.send(mail);
    sockets[0]?.destroy();
    expect(await transport.send(mail)).toMatchObject({ outcome: 'accepted' });
    expect(ends()).toEqual([1, 2]);
  });

  test('that the server closes before it took a byte of a mail send it over another, once', async () => {
    const { port, ends } = await noted((line, connection, earlier) =>
      connection === 1 && earlier.includes('.') && line.startsWith('MAIL') ? 'hang up' : takingAll(line),
    );
    const transport = transportTo(port, { connections: 1 });
    await transport.send(mail);
    expect(await transport.send(mail)).toMatchObject({ outcome: 'accepted' });
    expect(ends()).toEqual([1, 2]);
  });

  test('never send a mail again of which the server may have all: it may have arrived, and that is said', async () => {
    const { port, ends } = await noted((line, _connection, earlier) =>
      line === '.' && earlier.includes('.') ? 'hang up' : takingAll(line),
    );
    const transport = transportTo(port, { connections: 1 });
    await transport.send(mail);
    expect(await transport.send(mail)).toMatchObject({ outcome: 'failed', mayHaveArrived: true });
    expect(ends()).toEqual([1, 1]);
    expect(await transport.send(mail)).toMatchObject({ outcome: 'accepted' });
  });

  test('go on after a mail that was refused', async () => {
    const { port, ends } = await noted((line) =>
      line.startsWith('RCPT TO:<gone@') ? '550 5.1.1 no' : takingAll(line),
    );
    const transport = transportTo(port, { connections: 1 });
    await transport.send(mail);
    const gone = { ...mail, to: { address: 'gone@housing.example' } };
    expect(await transport.send(gone)).toMatchObject({ outcome: 'refused', status: 550 });
    expect(await transport.send(mail)).toMatchObject({ outcome: 'accepted' });
    expect(ends()).toEqual([1, 1]);
  });
});

describe('a mail that is refused for good', () => {
  test('bounces with the status of the refused recipient, and nothing personal in the reason', async () => {
    const { port } = await given({
      onRcptTo: (_address, _session, answer) =>
        answer(
          refusing(550, '5.1.1 <zhangsan@housing.example>: user zhangsan (张三) unknown, see https://x.example/z'),
        ),
    });
    expect(await transportTo(port).send(mail)).toEqual({
      outcome: 'refused',
      status: 550,
      reason: '550 5.1.1 …: user … (…) unknown, see …',
    });
  });

  test('does not bounce when it is the content that the server dislikes, which is not repeated', async () => {
    const port = await givenScript('220 loopback', (line) =>
      line === '.' ? `554 5.7.1 rejected: ${mail.subject} \u0007` : untilData(line),
    );
    expect(await transportTo(port).send(mail)).toEqual({
      outcome: 'failed',
      reason: '554 5.7.1 rejected: …',
      mayHaveArrived: false,
      senderRefused: true,
    });
  });

  test('bounces when it is larger than the server takes', async () => {
    const { port } = await given({ size: 1000, rejectOversized: true });
    const attachments = [{ filename: 'a', contentType: 'text/plain', content: new Uint8Array(5000) }];
    expect(await transportTo(port).send({ ...mail, attachments })).toMatchObject({ outcome: 'refused', status: 552 });
  });

  test.each(['nobody', 'a@b.example, c@d.example', 'a@b.example>\r\nRCPT TO:<c@d.example'])(
    'bounces without asking a server when its address is %p',
    async (address) => {
      const { port, received } = await given();
      const outcome = await transportTo(port).send({ ...mail, to: { address } });
      expect(outcome).toEqual({ outcome: 'refused', status: 553, reason: '收件人的电子邮件地址无效' });
      expect(received).toEqual([]);
    },
  );
});

describe('a mail that fails for now', () => {
  test('is to be tried again when the server says later', async () => {
    const { port } = await given({ onRcptTo: (_a, _s, answer) => answer(refusing(451, '4.7.1 greylisted')) });
    expect(await transportTo(port).send(mail)).toEqual({
      outcome: 'failed',
      reason: '451 4.7.1 greylisted',
      mayHaveArrived: false,
    });
  });

  test.each([
    ['a server that takes no mail', '554 no mail here', untilData],
    [
      'a sender that is not allowed',
      '220 x',
      (line: string) => (line.startsWith('MAIL') ? '550 sender' : untilData(line)),
    ],
    [
      'sign-in that is required',
      '220 x',
      (line: string) => (line.startsWith('RCPT') ? '530 sign in' : untilData(line)),
    ],
    ['commands in a bad order', '220 x', (line: string) => (line.startsWith('RCPT') ? '503 order' : untilData(line))],
    ['a shutdown in the middle', '220 x', (line: string) => (line === '.' ? '421 closing' : untilData(line))],
  ])('does not bounce for %s', async (_what, greeting, reply) => {
    const port = await givenScript(greeting, reply);
    expect(await transportTo(port).send(mail)).toMatchObject({ outcome: 'failed', mayHaveArrived: false });
  });

  test('has not arrived when nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = portOf(server);
    server.close();
    await once(server, 'close');
    expect(await transportTo(port).send(mail)).toEqual({
      outcome: 'failed',
      reason: '与邮件服务器通信失败（ECONNREFUSED）',
      mayHaveArrived: false,
    });
  });

  test('has not arrived when the server never greets', async () => {
    const port = await givenScript(undefined, () => undefined);
    expect(await transportTo(port, { timeoutMs: 150 }).send(mail)).toEqual({
      outcome: 'failed',
      reason: '邮件服务器未在规定时间内应答',
      mayHaveArrived: false,
    });
  });

  test('may have arrived when the server falls silent after the mail', async () => {
    const port = await givenScript('220 loopback', untilData);
    expect(await transportTo(port, { timeoutMs: 1000 }).send(mail)).toEqual({
      outcome: 'failed',
      reason: '邮件服务器未在规定时间内应答',
      mayHaveArrived: true,
    });
  });

  test('may have arrived when the server hangs up after the mail', async () => {
    const port = await givenScript('220 loopback', (line) => (line === '.' ? 'hang up' : untilData(line)));
    expect(await transportTo(port).send(mail)).toMatchObject({ outcome: 'failed', mayHaveArrived: true });
  });

  test('ends in its time even if the server always has something to say', async () => {
    const talkative = createServer((socket) => {
      const talk = setInterval(() => socket.write('250-still here\r\n'), 20);
      socket.on('error', () => undefined).on('close', () => clearInterval(talk));
      socket.write('220 loopback\r\n');
    }).listen(0, '127.0.0.1');
    await once(talkative, 'listening');
    cleanUps.push(() => talkative.close());
    expect(await transportTo(portOf(talkative), { timeoutMs: 200 }).send(mail)).toMatchObject({ outcome: 'failed' });
  });

  test('ends when the transport is closed, and later ones do not begin', async () => {
    const reached = Promise.withResolvers<undefined>();
    const port = await givenScript('220 loopback', (line) => {
      if (line === '.') reached.resolve(undefined);
      return untilData(line);
    });
    const transport = transportTo(port);
    const running = transport.send(mail);
    await reached.promise;
    transport.close();
    expect(await running).toEqual({ outcome: 'failed', reason: '发送已中止', mayHaveArrived: true });
    expect(await transport.send(mail)).toEqual({ outcome: 'failed', reason: '发送已中止', mayHaveArrived: false });
  });
});

describe('a server with TLS', () => {
  const { key, cert } = loopbackCertificate();
  const onAuth: SMTPServerOptions['onAuth'] = ({ username, password }, _session, answer) => {
    if (username === 'dandang' && password === 'right') answer(null, { user: username });
    else answer(refusing(535, '5.7.8 bad credentials'));
  };

  test.each([
    ['starttls', false],
    ['implicit', true],
  ] as const)('takes a signed-in mail over %s', async (tls, secure) => {
    const { port, received } = await given({ key, cert, secure, authOptional: false, onAuth });
    const transport = transportTo(port, { tls, authority: cert, user: 'dandang', password: 'right' });
    expect(await transport.send(mail)).toMatchObject({ outcome: 'accepted' });
    expect(received).toHaveLength(1);
  });

  test('makes no delivery bounce when the password is wrong', async () => {
    const { port } = await given({ key, cert, authOptional: false, onAuth });
    const transport = transportTo(port, { tls: 'starttls', authority: cert, user: 'dandang', password: 'wrong' });
    expect(await transport.send(mail)).toEqual({
      outcome: 'failed',
      reason: '535 5.7.8 bad credentials',
      mayHaveArrived: false,
      senderRefused: true,
    });
  });

  test.each([
    ['starttls', false],
    ['implicit', true],
  ] as const)('gets nothing over %s when nobody known has signed its certificate', async (tls, secure) => {
    const { port, received } = await given({ key, cert, secure });
    expect(await transportTo(port, { tls }).send(mail)).toMatchObject({ outcome: 'failed', mayHaveArrived: false });
    expect(received).toEqual([]);
  });

  test('gets nothing when TLS was asked for and it has none', async () => {
    const { port, received } = await given();
    expect(await transportTo(port, { tls: 'starttls' }).send(mail)).toMatchObject({
      outcome: 'failed',
      mayHaveArrived: false,
    });
    expect(received).toEqual([]);
  });
});

describe('settings', () => {
  const settings: SmtpSettings = { host: '127.0.0.1', port: 25, tls: 'none', from };

  test('with a password are refused without TLS', () => {
    expect(() => smtpTransport({ ...settings, user: 'dandang', password: 'secret' })).toThrow(RangeError);
  });

  test('with a sender that is no address are refused', () => {
    expect(() => smtpTransport({ ...settings, from: { address: 'dandang' } })).toThrow(RangeError);
  });
});
