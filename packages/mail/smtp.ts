import { PassThrough } from 'node:stream';
import { msOf } from '@dandang/calendar/civil-date.ts';
import { createTransport } from 'nodemailer';
import * as z from 'zod/mini';
import { concernsRecipient, readReply } from './reply.ts';
import { duplicateHeader, isMailAddress, singleLine } from './message.ts';
import type { MailParty, OutgoingMail } from './message.ts';

/**
 * What became of one attempt.
 * - `accepted`: the server took the mail over; `response` is its reply.
 * - `refused`: for good, for this recipient (`status` 500–599): the delivery bounces.
 * - `failed`: for now, or for a reason that is not the recipient's: to be tried again. `mayHaveArrived` when the server
 *   may have taken the mail all the same (no answer came after it was asked to): the next attempt is a possible
 *   duplicate. `senderRefused` when it said no for good and meant who sends: somebody has to do something about it.
 *
 * `response` and `reason` are one line of at most 200 characters, without addresses, links, the recipient's name or
 * the subject: they may be shown and logged.
 */
export type SendOutcome =
  | { outcome: 'accepted'; response: string }
  | { outcome: 'refused'; status: number; reason: string }
  | { outcome: 'failed'; reason: string; mayHaveArrived: boolean; senderRefused?: true };

/** The way out for mails; what sends is passed this, and tests pass a plain object. */
export interface MailTransport {
  /** Whom mails are from. */
  readonly from: MailParty;
  /**
   * One attempt.
   * @throws RangeError when the mail itself is wrong, whoever it is for: its Message-ID is no msg-id, its instant is
   *   unreadable. Everything that a server or a network does is an outcome.
   */
  send(mail: OutgoingMail): Promise<SendOutcome>;
  /** Ends running attempts (`failed`); later ones fail at once. */
  close(): void;
}

export interface SmtpSettings {
  host: string;
  port: number;
  /** With a password; without both the server is used unauthenticated. */
  user?: string;
  password?: string;
  /** `implicit`: TLS from the first byte (465). `starttls`: required before anything else (587). `none`: loopback only. */
  tls: 'implicit' | 'starttls' | 'none';
  /** PEM of the authority that signed the server's certificate, believed instead of the public ones. */
  authority?: string;
  from: MailParty;
  /**
   * How many connections are kept open between mails, for a process that never sleeps; without it every mail has one of
   * its own.
   */
  connections?: number;
  /** Of a whole attempt, from the look-up of the host to the last reply, in milliseconds. */
  timeoutMs?: number;
}

const messageId = /^<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>$/;
const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:; ?[\w-]+=(?:[\w!#$&^.+-]+|"[\w!#$&^.+ -]*"))*$/;
/** Node's codes for a certificate that is not believed; such a connection carries no mail. */
const certificateProblem = /CERT|^UNABLE_TO_/;
const reasonMaxLength = 200;

/** The properties that nodemailer sets on its errors; its errors have a code, others are defects of ours. */
const smtpError = z.object({
  code: z.string(),
  command: z.optional(z.string()),
  response: z.optional(z.string()),
  responseCode: z.optional(z.number()),
  permanent: z.optional(z.boolean()),
  originalCode: z.optional(z.string()),
  syscall: z.optional(z.string()),
  timeoutType: z.optional(z.string()),
});
type SmtpError = z.infer<typeof smtpError>;

function without(text: string, word: string, minLength: number): string {
  if (word.length < minLength) return text;
  return text.replace(new RegExp(word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu'), '…');
}

/** A server's reply, fit to be shown: servers like to repeat the address, and filters what they disliked. */
function withoutPersonalData(reply: string, mail: OutgoingMail): string {
  const patternsGone = singleLine(readReply(reply)).replace(/<[^<>]*>|[a-z]+:\/\/\S+|\S*@\S*/gi, '…');
  const localPart = mail.to.address.slice(0, mail.to.address.lastIndexOf('@'));
  const wordsGone = [
    [singleLine(mail.subject), 2] as const,
    [singleLine(mail.to.name ?? ''), 2] as const,
    [localPart, 3] as const,
  ].reduce((text, [word, minLength]) => without(text, word, minLength), patternsGone);
  return wordsGone.slice(0, reasonMaxLength).toWellFormed();
}

/**
 * The status that makes a delivery bounce; undefined where it is to be tried again. 5xx alone is not yet the recipient's
 * fault: what the reply says decides, and only what is answered to the recipient (`RCPT TO`) or the message (`DATA`).
 */
function permanentStatus({ command, responseCode, permanent, code, response = '' }: SmtpError): number | undefined {
  // Larger than the SIZE that the server announced; nodemailer does not even ask. RFC 1870 section 6.1 answers 552.
  if (code === 'EMESSAGE' && responseCode === undefined && command === 'MAIL FROM') return 552;
  if (permanent !== true || responseCode === undefined) return undefined;
  // It is the message: it would be no smaller tomorrow.
  if (command === 'MAIL FROM') return responseCode === 552 ? responseCode : undefined;
  if (command !== 'RCPT TO' && command !== 'DATA') return undefined;
  return concernsRecipient(responseCode, readReply(response)) ? responseCode : undefined;
}

/**
 * Errs on the side of yes: a marked first mail is a nuisance, an unmarked second one a letter served twice. What never came
 * as far as MAIL FROM (`begun`) has certainly not.
 */
function mayHaveArrived(
  { code, responseCode, timeoutType, syscall, originalCode = '' }: SmtpError,
  begun: boolean,
): boolean {
  const answered = responseCode !== undefined;
  const stillConnecting =
    syscall === 'connect' ||
    originalCode === 'ECONNREFUSED' ||
    certificateProblem.test(originalCode) ||
    (timeoutType !== undefined && timeoutType !== 'SOCKET_TIMEOUT') ||
    ['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH'].includes(code);
  return begun && !answered && !stillConnecting;
}

function ownReason({ code, originalCode, timeoutType }: SmtpError, timedOut: boolean): string {
  if (timedOut || timeoutType !== undefined) return '邮件服务器未在规定时间内应答';
  if (code === 'EABORT') return '发送已中止';
  if (code === 'EMESSAGE') return '邮件超过邮件服务器允许的大小';
  return `与邮件服务器通信失败（${originalCode ?? code}）`;
}

function outcomeOf(error: unknown, mail: OutgoingMail, timedOut: boolean, begun: boolean): SendOutcome {
  const parsed = smtpError.safeParse(error);
  if (!parsed.success) throw error;
  const { response, permanent } = parsed.data;
  const reason = response === undefined ? ownReason(parsed.data, timedOut) : withoutPersonalData(response, mail);
  const status = permanentStatus(parsed.data);
  if (status !== undefined) return { outcome: 'refused', status, reason };
  const said = permanent === true ? { senderRefused: true as const } : {};
  return { outcome: 'failed', reason, mayHaveArrived: mayHaveArrived(parsed.data, begun), ...said };
}

/** The mail as nodemailer takes it. Every value that becomes part of a header is put on one line or checked first. */
function composed(mail: OutgoingMail, from: MailParty) {
  if (!messageId.test(mail.messageId)) throw new RangeError('The Message-ID of a mail is no msg-id');
  return {
    messageId: mail.messageId,
    date: new Date(msOf(mail.sentAt)),
    from: { name: singleLine(mail.fromName ?? from.name ?? ''), address: from.address },
    to: { name: singleLine(mail.to.name ?? ''), address: mail.to.address },
    envelope: { from: from.address, to: mail.to.address },
    subject: singleLine(mail.subject),
    text: mail.text,
    headers: {
      // RFC 3834: no out-of-office replies to a machine.
      'Auto-Submitted': 'auto-generated',
      ...(mail.possibleDuplicate ? { [duplicateHeader]: 'yes' } : {}),
    },
    ...(mail.invitation === undefined
      ? {}
      : { icalEvent: { ...mail.invitation, content: Buffer.from(mail.invitation.content) } }),
    attachments: (mail.attachments ?? []).map(({ filename, contentType, content }) => ({
      filename: singleLine(filename),
      contentType: mediaType.test(contentType) ? contentType : 'application/octet-stream',
      content: Buffer.from(content),
    })),
  };
}

/** After so long without a mail a kept connection is closed, in milliseconds: servers wait five minutes (RFC 5321, 4.5.3.2.7). */
const idleTimeout = 30_000;

/**
 * Mail over SMTP. Unless connections are to be kept, every mail has one of its own: where a process sleeps between two
 * mails (Lambda), the second would find it dead. A kept one that the server has closed costs a mail nothing: as long as
 * not a byte of it was sent it goes over another, once; after that its outcome is unknown, and is said so.
 * @throws RangeError when `from` is no mail address, or a password would travel without TLS.
 */
export function smtpTransport({
  host,
  port,
  user,
  password,
  tls,
  authority,
  from,
  connections,
  timeoutMs = 30_000,
}: SmtpSettings): MailTransport {
  if (!isMailAddress(from.address)) throw new RangeError('The sender of mails is no mail address');
  if (tls === 'none' && password !== undefined) throw new RangeError('A password is sent over TLS only');
  const closing = new AbortController();
  // To be connected and greeted takes two thirds at most: what runs out there has certainly not arrived.
  const connectionTimeout = Math.ceil((timeoutMs * 2) / 3);
  const smtp = createTransport({
    host,
    port,
    name: from.address.slice(from.address.lastIndexOf('@') + 1),
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(authority === undefined ? {} : { tls: { ca: authority } }),
    ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password } }),
    connectionTimeout,
    greetingTimeout: connectionTimeout,
    dnsTimeout: connectionTimeout,
    socketTimeout: timeoutMs,
    socketCloseTimeout: 1000,
    ...(connections === undefined ? {} : { pool: true, maxConnections: connections, maxRequeues: 1, idleTimeout }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  /** Of which attempts the server was told: a mail is made into bytes when its connection is about to say MAIL FROM. */
  const begun = new WeakSet<AbortSignal>();
  smtp.use('stream', ({ data: { signal }, message }, goOn) => {
    message.transform(() => {
      if (signal !== undefined) begun.add(signal);
      return new PassThrough();
    });
    goOn();
  });
  return {
    from,
    async send(mail) {
      const message = composed(mail, from);
      // 553: "mailbox name not allowed, mailbox syntax incorrect" (RFC 5321 section 4.2.3), as a server would answer.
      if (!isMailAddress(mail.to.address)) {
        return { outcome: 'refused', status: 553, reason: '收件人的电子邮件地址无效' };
      }
      if (closing.signal.aborted) return { outcome: 'failed', reason: '发送已中止', mayHaveArrived: false };
      // Its own limits are per wait, so a server that answers slowly enough to each of them would hold us forever.
      const deadline = AbortSignal.timeout(timeoutMs);
      const signal = AbortSignal.any([deadline, closing.signal]);
      try {
        const { response } = await smtp.sendMail({ ...message, signal });
        return { outcome: 'accepted', response: withoutPersonalData(response, mail) };
      } catch (error) {
        return outcomeOf(error, mail, deadline.aborted, begun.has(signal));
      }
    },
    close: () => {
      closing.abort();
      smtp.close();
    },
  };
}
