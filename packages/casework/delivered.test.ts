import fc from 'fast-check';
import { at } from '../../test/story/story.ts';
import { type Commit, reactionActor } from './commit.ts';
import { isDelivered } from './delivered.ts';
import { type DeliveryEvent, foldDelivery } from './delivery.ts';

const queued: DeliveryEvent = {
  type: 'DeliveryQueued',
  data: {
    id: 'd1',
    recipient: { kind: 'unit', id: 'housing', name: '住房局' },
    as: 'addressee',
    address: 'office@housing.example',
    documentType: 'reminder-letter',
    typeName: '提醒函',
    issuer: '督查室',
    handledBy: 'supervision',
    attachLetter: false,
  },
};
const reason = '…';
const happened: readonly DeliveryEvent[] = [
  { type: 'AttemptSucceeded', data: { attempt: 1 } },
  { type: 'AttemptFailed', data: { attempt: 1, reason, againAt: at('2026-03-02'), mayHaveArrived: false } },
  { type: 'DeliveryFailed', data: { reason } },
  { type: 'DeliveryBounced', data: { reason } },
  { type: 'ResendRequested', data: { address: 'other@housing.example' } },
];

const fileOf = (events: readonly DeliveryEvent[]): Commit[] =>
  events.map((event, index) => ({
    matter: 'delivery/d1',
    version: index + 1,
    at: at('2026-03-02'),
    by: reactionActor,
    command: 'x',
    request: { id: `${index}`, body: '' },
    events: [event],
    previousHash: '',
  }));

test('a letter is delivered where the fold says sent or signed for, whatever happened to it and in whatever order', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...happened), { maxLength: 8 }), fc.boolean(), (events, signed) => {
      const last: DeliveryEvent[] = signed ? [{ type: 'DeliveryAcknowledged', data: {} }] : [];
      const file = fileOf([queued, ...events, ...last]);
      expect(isDelivered(file)).toBe(['sent', 'acknowledged'].includes(foldDelivery(file)?.state ?? ''));
    }),
  );
});

test('what has no delivery yet was not delivered', () => {
  expect(isDelivered([])).toBe(false);
});
