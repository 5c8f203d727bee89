import PostalMime from 'postal-mime';

/** What a mail server reports of a mail that it took and could not deliver (RFC 3464). */
export interface BounceReport {
  /** Of the mail that it is about, with its angle brackets. */
  readonly messageId: string;
  /** `failed` for good; `delayed` is still being tried, and `delivered`, `relayed`, `expanded` are no trouble. */
  readonly action: string;
  /** One line of at most 200 characters, without addresses: the status code and what the other server said. */
  readonly reason: string;
}

/** What a report lacks: the part or the field that nobody found. */
export interface Unreadable {
  readonly lacks: 'message/delivery-status' | 'Action' | 'Message-ID';
}

const reasonMaxLength = 200;

/** The fields of a group of headers, by lower-case name, folded lines joined (RFC 5322, 2.2.3). */
const fieldsOf = (group: string): ReadonlyMap<string, string> =>
  new Map(
    group
      .replaceAll(/\r?\n[ \t]+/g, ' ')
      .split(/\r?\n/)
      .flatMap((line) => {
        const [, name = '', value = ''] = /^([!-9;-~]+):[ \t]*(.*)$/.exec(line) ?? [];
        return name === '' ? [] : [[name.toLowerCase(), value.trim()] as const];
      }),
  );

/** `smtp; 550 …` and `rfc822; a@b`: what stands behind the type. */
const behindType = (value = ''): string => value.slice(value.indexOf(';') + 1).trim();

const withoutAddresses = (text: string): string =>
  text
    .replace(/<[^<>]*>|[a-z]+:\/\/\S+|\S*@\S*/gi, '…')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, reasonMaxLength)
    .toWellFormed();

/**
 * Reads a report as it came, as a mail: `multipart/report` with `message/delivery-status`, and the mail that it is about,
 * whole or its headers only. Of several recipients one that failed counts: each of our mails has one.
 */
export async function readBounceReport(report: Uint8Array): Promise<BounceReport | Unreadable> {
  const mail = await PostalMime.parse(report, { forceRfc822Attachments: true, attachmentEncoding: 'utf8' });
  const part = (type: RegExp): string | undefined => {
    const content = mail.attachments.find(({ mimeType }) => type.test(mimeType))?.content;
    return typeof content === 'string' ? content : undefined;
  };
  const status = part(/^message\/(?:global-)?delivery-status$/i);
  if (status === undefined) return { lacks: 'message/delivery-status' };
  // The first group is about the report, each further one about a recipient.
  const groups = status.split(/\r?\n[ \t]*\r?\n/).map(fieldsOf);
  const recipients = groups.filter((one) => one.has('action'));
  const about = recipients.find((one) => one.get('action')?.toLowerCase() === 'failed') ?? recipients[0];
  if (about === undefined) return { lacks: 'Action' };
  const original = part(/^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/i) ?? '';
  const [headers = ''] = original.replace(/^\s+/, '').split(/\r?\n\r?\n/);
  const messageId = /<[^<>\s]+>/.exec(fieldsOf(headers).get('message-id') ?? '')?.[0];
  if (messageId === undefined) return { lacks: 'Message-ID' };
  const said = [about.get('status') ?? '', behindType(about.get('diagnostic-code'))].filter((one) => one !== '');
  return { messageId, action: (about.get('action') ?? '').toLowerCase(), reason: withoutAddresses(said.join(' ')) };
}
