import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import { duplicateHeader, singleLine } from '@dandang/mail/message.ts';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { placeDurably, unfinished } from '@dandang/server/durable-file.ts';

/** A mail that was accepted, as `GET /dev/mail` shows it. */
export interface ReceivedMail {
  /** With angle brackets; where a mail had none, one made of its place in the mailbox. */
  messageId: string;
  /** The envelope's recipient; several are separated by `, `. */
  to: string;
  subject: string;
  text: string;
  /** When the mailbox took it, by its own clock. */
  date: Instant;
  possibleDuplicate: boolean;
  /** `size` in bytes. */
  attachments: { filename: string; size: number }[];
}

/** `status` 400–499 refuses for now, 500–599 for good; `message` is what follows it in the reply. */
export interface Refusal {
  status: number;
  message: string;
}

export interface Mailbox {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Asked at RCPT TO, with the address as the client gave it; can be set at any time, at first everybody is accepted. */
  rule: (recipient: string) => 'accept' | Refusal;
  /** Every mail ever accepted, oldest first, in the order of acceptance also after a restart. */
  list(): Promise<ReceivedMail[]>;
  /** Of the first mail that has this Message-ID and this file; calendar files come with `\n` line ends. */
  attachment(
    messageId: string,
    filename: string,
  ): Promise<{ contentType: string; content: Uint8Array<ArrayBuffer> } | undefined>;
  /** Takes no more; what was accepted stays in the folder. */
  close(): Promise<void>;
}

/** Attachments have 20 MB at most, 27 MB in base64; a mail may carry a few. */
const maxMailBytes = 100_000_000;
const receivedAtHeader = 'X-Dandang-Received-At';
const recipientHeader = 'X-Dandang-Delivered-To';
const mailFile = /^\d{10}\.eml$/;
const mailFileName = (position: number) => `${String(position).padStart(10, '0')}.eml`;

class SmtpRefusal extends Error {
  readonly responseCode: number;
  constructor({ status, message }: Refusal) {
    super(singleLine(message));
    this.responseCode = status;
  }
}

const parse = (mail: Uint8Array) => PostalMime.parse(mail, { attachmentEncoding: 'arraybuffer' });

function header(email: Email, name: string): string {
  return email.headers.find(({ key }) => key === name.toLowerCase())?.value ?? '';
}

/** What is attached to be kept; an invitation among the alternatives of the text is no file. */
function filesOf(email: Email) {
  return email.attachments
    .filter(({ filename }) => filename !== null)
    .map(({ filename, mimeType, content }) => ({
      filename: filename ?? '',
      contentType: mimeType,
      content: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
    }));
}

function received(email: Email, name: string): ReceivedMail {
  return {
    messageId: email.messageId ?? `<${name}@mailbox.invalid>`,
    to: header(email, recipientHeader),
    subject: email.subject ?? '',
    // Between the parts of a mail stands an empty line that nobody wrote.
    text: (email.text ?? '').replace(/\n+$/, '\n'),
    date: header(email, receivedAtHeader),
    possibleDuplicate: header(email, duplicateHeader) === 'yes',
    attachments: filesOf(email).map(({ filename, content }) => ({ filename, size: content.byteLength })),
  };
}

/**
 * An SMTP server that keeps what it accepts and sends nothing on. One file a mail in `folder`, named by its place; the
 * file is the mail as it came, below two headers of ours, so any mail program opens it. The server answers 250 after
 * the file is synced, renamed and its folder synced: a process killed at any moment has lost no mail that a client
 * believes delivered. One process at a time may have a folder open.
 *
 * Neither sign-in nor TLS: it listens on 127.0.0.1 only.
 * @param options.port default: one that is free.
 * @throws when the folder cannot be read or made, or the port is taken (`EADDRINUSE`).
 */
export async function openMailbox({
  folder,
  clock,
  port = 0,
}: {
  folder: string;
  clock: () => Instant;
  port?: number;
}): Promise<Mailbox> {
  await mkdir(folder, { recursive: true });
  const found = await readdir(folder);
  await Promise.all(found.filter((name) => name.endsWith(unfinished)).map((name) => rm(join(folder, name))));
  // In the order of the file names, which is the order of acceptance. Each is read when somebody first asks for it.
  const kept = new Map<string, ReceivedMail | undefined>();
  for (const name of found.filter((name) => mailFile.test(name)).sort()) kept.set(name, undefined);
  let position = Number.parseInt([...kept.keys()].at(-1) ?? '0', 10);

  /** One mail after the other, oldest first, with the name of its file. */
  async function* everyMail(): AsyncGenerator<readonly [string, ReceivedMail]> {
    for (const name of [...kept.keys()]) {
      const mail = kept.get(name) ?? received(await parse(await readFile(join(folder, name))), name);
      kept.set(name, mail);
      yield [name, mail];
    }
  }

  async function keep(recipients: readonly string[], mail: Buffer): Promise<void> {
    const ours = `${recipientHeader}: ${recipients.map(singleLine).join(', ')}\r\n${receivedAtHeader}: ${clock()}\r\n`;
    const content = Buffer.concat([Buffer.from(ours), mail]);
    position += 1;
    const name = mailFileName(position);
    // Parsed before it is accepted: what is kept can be listed, now and after every restart.
    const summary = received(await parse(content), name);
    await placeDurably(join(folder, name), content);
    kept.set(name, summary);
  }

  // One after the other, so that a mail listed once never gets an older neighbour.
  let lastKept = Promise.resolve();
  function keepInTurn(recipients: readonly string[], mail: Buffer): Promise<void> {
    const turn = lastKept.then(() => keep(recipients, mail));
    lastKept = turn.catch(() => undefined);
    return turn;
  }

  let rule: Mailbox['rule'] = () => 'accept';
  const server = new SMTPServer({
    name: 'mailbox.invalid',
    // STARTTLS would use the library's published key; without it AUTH would travel in the clear. Nobody needs either here.
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    size: maxMailBytes,
    rejectOversized: true,
    closeTimeout: 1000,
    onRcptTo({ address }, _session, answer) {
      const verdict = rule(address);
      answer(verdict === 'accept' ? null : new SmtpRefusal(verdict));
    },
    onData(stream, { envelope }, answer) {
      void buffer(stream)
        .then(async (mail) => {
          if (stream.sizeExceeded) return;
          await keepInTurn(
            envelope.rcptTo.map(({ address }) => address),
            mail,
          );
        })
        .then(
          () => answer(null),
          () => answer(new SmtpRefusal({ status: 451, message: 'The mail could not be kept' })),
        );
    },
  });
  // Without a listener a client that hangs up in the middle would end the process.
  server.on('error', () => undefined);

  const listeningOn = await new Promise<number>((resolve, reject) => {
    const listener = server.listen(port, '127.0.0.1');
    listener.once('error', reject);
    listener.once('listening', () => {
      const address = listener.address();
      if (address === null || typeof address === 'string') reject(new Error('The mailbox listens on no port'));
      else resolve(address.port);
    });
  });

  return {
    port: listeningOn,
    get rule() {
      return rule;
    },
    set rule(next) {
      rule = next;
    },
    list: () => Array.fromAsync(everyMail(), ([, mail]) => structuredClone(mail)),
    async attachment(messageId, filename) {
      for await (const [name, mail] of everyMail()) {
        if (mail.messageId !== messageId || !mail.attachments.some((file) => file.filename === filename)) continue;
        const file = filesOf(await parse(await readFile(join(folder, name)))).find(
          (file) => file.filename === filename,
        );
        return file && { contentType: file.contentType, content: file.content };
      }
      return undefined;
    },
    async close() {
      await new Promise<void>((resolve) => server.close(resolve));
      await lastKept;
    },
  };
}
