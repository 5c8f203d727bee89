import { createHash } from 'node:crypto';
import type { Instant } from '@dandang/calendar/civil-date.ts';
import { paperName } from '@dandang/casework/paper-name.ts';

/** Header of a mail that its recipient may have got before; value `yes`, absent otherwise. */
export const duplicateHeader = 'X-Dandang-Possible-Duplicate';

/** Somebody a mail is from or to. `name` appears in the From or To header only, never in subject or body. */
export interface MailParty {
  address: string;
  name?: string;
}

/** `contentType` is a MIME type, parameters allowed. */
export interface MailAttachment {
  filename: string;
  contentType: string;
  content: Uint8Array;
}

/** A calendar file (RFC 5545). It is an alternative of the text, where programs look for it, and attached besides. */
export interface MailInvitation {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly filename: string;
  readonly content: Uint8Array;
}

/** One mail to one recipient. */
export interface OutgoingMail {
  /** RFC 5322 msg-id with its angle brackets, see {@link messageIdFor}. */
  messageId: string;
  to: MailParty;
  subject: string;
  /** Plain text, lines ended by `\n`. */
  text: string;
  /** An earlier attempt may have reached the recipient: the mail carries {@link duplicateHeader}. */
  possibleDuplicate: boolean;
  attachments?: readonly MailAttachment[];
  invitation?: MailInvitation;
  /** Whom it is from, by name; the address is the transport's, and so is the name where none is given. */
  fromName?: string;
  /** Goes into the Date header. */
  sentAt: Instant;
}

/** What every mail of a delivery needs, whatever it says. */
interface DeliveryMail {
  /** Where to ask about it, where the office has said so. */
  phone?: string | undefined;
  to: MailParty;
  /** The delivery that the mail is an attempt of; with the address it makes the Message-ID. */
  deliveryId: string;
  /** Right-hand side of the Message-ID: a domain of the office that sends. */
  domain: string;
  /** http or https; where the recipient signs in. */
  link: string;
  possibleDuplicate: boolean;
  sentAt: Instant;
  attachments?: readonly MailAttachment[];
  invitation?: MailInvitation;
  fromName?: string;
}

/** The only facts about a letter that may leave in a mail. */
export interface LetterMail extends DeliveryMail {
  /** The type as the reader knows it: 提醒函, 约谈通知书. */
  documentType: string;
  /** Its own; absent for documents that are not numbered. */
  number?: string | undefined;
  /** The number of the letter it is about, where it has none itself. */
  regarding?: string | undefined;
  /** The issuing body's name. */
  issuer: string;
  /** Whether it is to a unit, and not to a person. */
  toUnit: boolean;
}

/** A nudge is about nothing in particular, so its link should lead to the to-do list, not to a matter. */
export type NudgeMail = DeliveryMail;

const addressMaxLength = 254;
const localPartMaxLength = 64;
const domainMaxLength = 253;
const dotString = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const hostName = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

function isMailDomain(domain: string): boolean {
  return domain.length <= domainMaxLength && hostName.test(domain);
}

/**
 * Whether a mail can be sent to this address: RFC 5321 section 4.1.2, `Dot-string@Domain`, within the lengths of
 * section 4.5.3.1, the domain having two labels or more. Quoted local parts, address literals and non-ASCII are not
 * accepted (few servers take them); an internationalised domain is given in its `xn--` form.
 */
export function isMailAddress(value: string): boolean {
  const at = value.indexOf('@');
  const local = value.slice(0, at);
  return (
    at > 0 &&
    value.length <= addressMaxLength &&
    local.length <= localPartMaxLength &&
    dotString.test(local) &&
    isMailDomain(value.slice(at + 1))
  );
}

/**
 * The text on one line: line breaks and every other control character, U+2028 and U+2029 become one space, half
 * surrogate pairs U+FFFD. What goes into a header passes through here, so no value can begin a header of its own.
 */
export function singleLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/**
 * The Message-ID of a delivery to an address, the same at every attempt, so that a receiving server can recognise a
 * repeat; another after a resend to a new address. Delivery and address are readable to nobody in it (SHA-256, cut to
 * 160 bits). The domain of an address is compared without regard to case, the local part is not (RFC 5321, 2.4).
 * @returns `<40 hex digits@domain>`
 * @throws RangeError when `domain` is no domain name.
 */
export function messageIdFor(deliveryId: string, address: string, domain: string): string {
  if (!isMailDomain(domain)) throw new RangeError('The domain of a Message-ID is no domain name');
  const at = address.lastIndexOf('@');
  const recipient = address.slice(0, at + 1) + address.slice(at + 1).toLowerCase();
  // JSON keeps the two apart whatever characters they contain.
  const digest = createHash('sha256')
    .update(JSON.stringify([deliveryId, recipient]))
    .digest('hex');
  return `<${digest.slice(0, 40)}@${domain.toLowerCase()}>`;
}

function webLink(link: string): string {
  const url = URL.parse(link);
  // The message names no part of the link: it may end in a log.
  if (url === null || !/^https?:$/.test(url.protocol)) throw new RangeError('The link of a mail is no http(s) URL');
  return url.href;
}

function deliveryMail(mail: DeliveryMail, subject: string, lines: readonly string[]): OutgoingMail {
  const duplicate = '本邮件可能与您此前收到的一封重复，如已收到，无需重复办理。';
  return {
    messageId: messageIdFor(mail.deliveryId, mail.to.address, mail.domain),
    to: mail.to,
    subject: mail.possibleDuplicate ? `【可能重复】${subject}` : subject,
    text: [
      ...lines,
      webLink(mail.link),
      '',
      ...(mail.possibleDuplicate ? [duplicate] : []),
      mail.phone === undefined
        ? '本邮件由系统自动发送，请勿回复。'
        : `本邮件由系统自动发送，请勿回复。如有疑问，请致电${singleLine(mail.phone)}。`,
      '',
    ].join('\n'),
    possibleDuplicate: mail.possibleDuplicate,
    ...(mail.attachments === undefined ? {} : { attachments: mail.attachments }),
    ...(mail.invitation === undefined ? {} : { invitation: mail.invitation }),
    ...(mail.fromName === undefined ? {} : { fromName: mail.fromName }),
    sentAt: mail.sentAt,
  };
}

/**
 * The mail that tells a recipient of a letter. Mail is read by others (secretaries, servers, previews on a locked
 * screen), so it carries the document's type and number, the issuing body and a link, and has no room for more.
 * An invalid address is not refused here: {@link isMailAddress} is asked when addresses are entered, and a transport
 * answers `refused`, so that a wrong one becomes a to-do instead of an exception.
 * @throws RangeError when `link` is no http(s) URL, or `domain` no domain name.
 */
export function letterMail(mail: LetterMail): OutgoingMail {
  const typeName = singleLine(mail.documentType);
  const number = mail.number === undefined ? undefined : singleLine(mail.number);
  const regarding = mail.regarding === undefined ? undefined : singleLine(mail.regarding);
  const named = `《${typeName}》`;
  const paper = number === undefined ? paperName({ typeName: named, regarding }) : `${named}（${number}）`;
  return deliveryMail(mail, paperName({ typeName, number, regarding }).trim(), [
    `${singleLine(mail.issuer)}向${mail.toUnit ? '贵单位' : '您'}发送${paper}，请登录系统查阅、签收：`,
  ]);
}

/**
 * The neutral mail to somebody who got something to do: it says nothing about the matter, not even its kind.
 * @throws RangeError as {@link letterMail}.
 */
export function nudgeMail(mail: NudgeMail): OutgoingMail {
  return deliveryMail(mail, '您有待办事项', ['您有待办事项，请登录系统查看：']);
}
