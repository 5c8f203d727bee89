import type { Invitation } from '@dandang/casework/letter-issue.ts';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { type MailInvitation, singleLine } from './message.ts';

/** What programs trip over in a name, and what stands for it: two of three take a `;` within quotes for the end of the name. */
const wide: Readonly<Record<string, string>> = { '\\': '＼', ';': '；', ':': '：', ',': '，' };

/**
 * A name as a parameter of a calendar property may have it: RFC 5545 (3.2) knows no quotation mark in one and no way to
 * escape it, nor a control character. Straight quotes become Chinese ones, in turn opening and closing.
 */
function parameterValue(name: string): string {
  let closing = false;
  return singleLine(name)
    .replaceAll(/[\\;:,]/g, (found) => wide[found] ?? found)
    .replaceAll('"', () => {
      closing = !closing;
      return closing ? '“' : '”';
    });
}

/**
 * An invitation to one recipient (RFC 5545, RFC 5546): the same UID for every change of one event, a higher SEQUENCE each
 * time, CANCEL where it will not take place. It names its own recipient and nobody else, and says what kind of document it
 * belongs to, never what about. Its organizer is whom the mail is from: calendars believe no other. Times are in UTC, so
 * that no calendar needs our zone.
 */
export function invitationFile(
  invitation: Invitation,
  organizer: { readonly address: string; readonly name: string },
  recipient: { readonly address: string; readonly name: string },
): MailInvitation {
  const cancelled = invitation.method === 'CANCEL';
  const calendar = ical({
    prodId: { company: 'Dandang', product: 'Dandang', language: 'ZH' },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    id: invitation.uid,
    sequence: invitation.sequence,
    start: new Date(invitation.startsAt),
    ...(invitation.endsAt === undefined ? {} : { end: new Date(invitation.endsAt) }),
    stamp: new Date(invitation.stampedAt),
    summary: singleLine(invitation.summary),
    location: singleLine(invitation.place),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: parameterValue(organizer.name), email: organizer.address },
    attendees: [{ name: parameterValue(recipient.name), email: recipient.address, rsvp: false }],
  });
  return {
    method: invitation.method,
    filename: 'invitation.ics',
    // Every line ends in CRLF (RFC 5545, 3.1), the last one too, which the library leaves open.
    content: new TextEncoder().encode(`${calendar.toString()}\r\n`),
  };
}
