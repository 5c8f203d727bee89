import type { Invitation } from '@dandang/casework/letter-issue.ts';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { MailAttachment } from './message.ts';

/**
 * An invitation to one recipient as an attachment (RFC 5545, RFC 5546): the same UID for every change of one event, a
 * higher SEQUENCE each time, CANCEL where it will not take place. It names its own recipient and nobody else, and says
 * what kind of document it belongs to, never what about. Times are in UTC, so that no calendar needs our zone; the end is
 * left open, because nobody has set one.
 */
export function invitationAttachment(
  invitation: Invitation,
  organizer: { readonly address: string; readonly name: string },
  recipient: { readonly address: string; readonly name: string },
): MailAttachment {
  const cancelled = invitation.method === 'CANCEL';
  const calendar = ical({
    prodId: { company: 'Dandang', product: 'Dandang', language: 'ZH' },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    id: invitation.uid,
    sequence: invitation.sequence,
    start: new Date(invitation.startsAt),
    stamp: new Date(invitation.stampedAt),
    summary: invitation.summary,
    location: invitation.place,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: organizer.name, email: organizer.address },
    attendees: [{ name: recipient.name, email: recipient.address, rsvp: false }],
  });
  return {
    filename: 'invitation.ics',
    contentType: `text/calendar; charset=utf-8; method=${invitation.method}`,
    content: new TextEncoder().encode(calendar.toString()),
  };
}
