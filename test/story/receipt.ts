import type { Instant } from '@dandang/calendar/civil-date.ts';
import type { Commit } from '@dandang/casework/commit.ts';
import type { Story } from './story.ts';

/** When a recipient signs, or, where it signed on paper, when the office records that and the day on the paper. */
interface Signing {
  readonly at: Instant;
  readonly onPaper?: string;
}

/** The story once a recipient has signed 签收 for the last letter of a type: its delivery's file says so. */
export function received(story: Story, type: string, recipient: string, { at, onPaper }: Signing): Story {
  const letter = story.open.matter.letters.findLast((one) => one.type === type);
  const delivery = letter?.deliveries.find((one) => one.recipient.id === recipient);
  if (delivery === undefined) throw new Error(`no ${type} went to ${recipient}`);
  const { name } = delivery.recipient;
  const file = [
    {
      type: 'DeliveryQueued',
      data: { ...delivery, documentType: type, typeName: '', issuer: '', handledBy: '', attachLetter: false },
    },
    { type: 'DeliveryAcknowledged', data: onPaper === undefined ? {} : { onPaper: { signedBy: name, on: onPaper } } },
  ].map((event, index): Commit => ({
    matter: `delivery/${delivery.id}`,
    version: index + 1,
    at,
    by: { id: recipient, name, unit: '', roles: [] },
    command: index === 0 ? 'queue' : 'acknowledge',
    request: { id: `${index}`, body: '' },
    events: [event],
    previousHash: '',
  }));
  return story.within({ files: { ...story.world.files, [`delivery/${delivery.id}`]: file } });
}
