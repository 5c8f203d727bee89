import fc from 'fast-check';
import { clockActor, type Commit, firstPreviousHash } from './commit.ts';
import {
  type Delivery,
  type DeliveryEvent,
  foldDelivery,
  mostTries,
  type QueuedDelivery,
  waitMinutes,
} from './delivery.ts';

const queued: QueuedDelivery = {
  id: 'd1',
  recipient: { kind: 'unit', id: 'housing', name: '市住房和城乡建设局' },
  as: 'addressee',
  address: 'office@housing.example',
  matter: { kind: 'reminder', collection: 'reminders', id: 'm1' },
  document: 'l1',
  documentType: 'reminder-letter',
  typeName: '提醒函',
  number: '演督提〔2026〕1号',
  issuer: '市委督查室',
  handledBy: 'supervision',
  attachLetter: false,
};

const minute = (index: number): string => `2026-03-02T09:${String(index).padStart(2, '0')}:00.000+08:00`;

/** The delivery after these events, each its own commit, a minute apart. */
function after(...events: readonly DeliveryEvent[]): Delivery {
  const file = [{ type: 'DeliveryQueued', data: queued } as const, ...events].map((event, index): Commit => ({
    matter: 'delivery/d1',
    version: index + 1,
    at: minute(index),
    by: event.type === 'DeliveryAcknowledged' ? { ...clockActor, id: `signer-${index}` } : clockActor,
    command: 'test',
    request: { id: `r${index}`, body: '' },
    events: [event],
    previousHash: firstPreviousHash,
  }));
  const delivery = foldDelivery(file);
  if (delivery === undefined) throw new Error('nothing was folded');
  return delivery;
}

const started = (attempt: number): DeliveryEvent => ({
  type: 'AttemptStarted',
  data: {
    attempt,
    address: queued.address,
    messageId: '<d1@x.example>',
    leaseUntil: minute(30 + attempt),
    possibleDuplicate: false,
  },
});
const succeeded = (attempt = 1): DeliveryEvent => ({ type: 'AttemptSucceeded', data: { attempt } });
const attemptFailed = (attempt: number, mayHaveArrived = false): DeliveryEvent => ({
  type: 'AttemptFailed',
  data: { attempt, reason: '连接超时', againAt: minute(50), mayHaveArrived },
});
const failed: DeliveryEvent = { type: 'DeliveryFailed', data: { reason: '连接超时' } };
const bounced: DeliveryEvent = { type: 'DeliveryBounced', data: { reason: '550' } };
const acknowledged: DeliveryEvent = { type: 'DeliveryAcknowledged', data: {} };
const resent = (address = queued.address): DeliveryEvent => ({ type: 'ResendRequested', data: { address } });

describe('a delivery', () => {
  test('of no commits is none', () => {
    expect(foldDelivery([])).toBeUndefined();
  });

  test('begins queued, with nothing tried', () => {
    expect(after()).toMatchObject({
      state: 'queued',
      attempts: 0,
      tries: 0,
      running: null,
      againAt: null,
      sentAt: null,
      acknowledgedAt: null,
      queuedAt: minute(0),
      version: 1,
      because: [],
    });
  });

  test('cannot begin with anything else', () => {
    const orphan: Commit = {
      matter: 'delivery/d1',
      version: 1,
      at: minute(0),
      by: clockActor,
      command: 'test',
      request: { id: 'r', body: '' },
      events: [bounced],
      previousHash: firstPreviousHash,
    };
    expect(() => foldDelivery([orphan])).toThrow('a delivery cannot begin with DeliveryBounced');
    expect(foldDelivery([{ ...orphan, events: [{ type: 'Teleported', data: {} }] }])).toBeUndefined();
  });

  test('counts an attempt when it starts, under a lease', () => {
    expect(after(started(1))).toMatchObject({
      state: 'queued',
      attempts: 1,
      tries: 1,
      running: { attempt: 1, leaseUntil: minute(31) },
      mayHaveArrived: false,
    });
  });

  test('is sent when an attempt succeeded, at that instant', () => {
    expect(after(started(1), succeeded())).toMatchObject({
      state: 'sent',
      sentAt: minute(2),
      running: null,
      againAt: null,
    });
  });

  test('waits after a failed attempt and stays queued', () => {
    expect(after(started(1), attemptFailed(1))).toMatchObject({
      state: 'queued',
      running: null,
      againAt: minute(50),
      reason: '连接超时',
      mayHaveArrived: false,
    });
  });

  test('may be there already after an attempt that never said what became of it', () => {
    expect(after(started(1), started(2))).toMatchObject({
      attempts: 2,
      tries: 2,
      mayHaveArrived: true,
      running: { attempt: 2 },
    });
    expect(after(started(1), attemptFailed(1, true)).mayHaveArrived).toBe(true);
    expect(after(started(1), attemptFailed(1, true), started(2), attemptFailed(2)).mayHaveArrived).toBe(true);
  });

  test('keeps a running attempt running when an older one ends at last', () => {
    expect(after(started(1), started(2), attemptFailed(1)).running).toMatchObject({ attempt: 2 });
    expect(after(started(1), started(2), succeeded(1))).toMatchObject({ state: 'sent', running: { attempt: 2 } });
    expect(after(started(1), started(2), succeeded(1), attemptFailed(2))).toMatchObject({
      state: 'sent',
      running: null,
    });
  });

  test('remembers what happened and when', () => {
    expect(after(started(1), succeeded(), acknowledged).history).toEqual([
      { at: minute(0), what: 'DeliveryQueued' },
      { at: minute(1), what: 'AttemptStarted' },
      { at: minute(2), what: 'AttemptSucceeded' },
      { at: minute(3), what: 'DeliveryAcknowledged' },
    ]);
    expect(after(started(1), succeeded())).toMatchObject({ version: 3, changedAt: minute(2) });
  });
});

describe('outcomes that come in any order', () => {
  const outcomes = { acknowledged, bounced, sent: succeeded(1), failed } as const;
  /** The stronger word first. */
  const ranking = ['acknowledged', 'bounced', 'sent', 'failed'] as const;

  test('come to the same state: signed for, else bounced, else sent, else failed', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...ranking], { minLength: 1 }), (order) => {
        const strongest = ranking.find((one) => order.includes(one));
        expect(after(started(1), ...order.map((one) => outcomes[one])).state).toBe(strongest);
      }),
    );
  });

  test('keep the first signature, however often it is signed for', () => {
    const delivery = after(started(1), acknowledged, succeeded(), acknowledged);
    expect(delivery).toMatchObject({
      acknowledgedAt: minute(2),
      acknowledgement: { by: 'signer-2' },
      sentAt: minute(3),
    });
  });

  test('keep a signature on paper', () => {
    const onPaper = { signedBy: '李四', on: '2026-03-02' };
    expect(after({ type: 'DeliveryAcknowledged', data: { onPaper } })).toMatchObject({
      state: 'acknowledged',
      acknowledgement: { onPaper },
      sentAt: null,
    });
  });

  test('try no more once it is signed for', () => {
    expect(after(started(1), attemptFailed(1), acknowledged)).toMatchObject({ state: 'acknowledged', againAt: null });
  });
});

describe('a resend', () => {
  const bouncedOnce = [started(1), attemptFailed(1, true), started(2), bounced];

  test('belongs to the same delivery: attempts go on, tries begin again', () => {
    expect(after(...bouncedOnce, resent())).toMatchObject({
      state: 'queued',
      attempts: 2,
      tries: 0,
      reason: null,
      againAt: null,
    });
    expect(after(...bouncedOnce, resent(), started(3))).toMatchObject({ attempts: 3, tries: 1 });
    expect(after(...bouncedOnce, resent(), started(3), succeeded(3)).state).toBe('sent');
  });

  test('to another address goes there, and cannot be there already', () => {
    expect(after(...bouncedOnce, resent('new@housing.example'))).toMatchObject({
      address: 'new@housing.example',
      mayHaveArrived: false,
    });
    expect(after(...bouncedOnce, resent())).toMatchObject({ address: queued.address, mayHaveArrived: true });
  });

  test('that fails is failed, although an earlier mail was sent', () => {
    expect(after(started(1), succeeded(), resent(), started(2), failed).state).toBe('failed');
  });
});

describe('a to-do mail', () => {
  test('keeps everything that it stands for', () => {
    const noted: DeliveryEvent = { type: 'TodoNoted', data: { because: 'reminder/m2#3' } };
    expect(after(noted, { ...noted, data: { because: 'reminder/m3#1' } }).because).toEqual([
      'reminder/m2#3',
      'reminder/m3#1',
    ]);
  });

  test('that has nothing to say any more is dropped', () => {
    expect(after({ type: 'DeliveryDropped', data: {} }).state).toBe('dropped');
  });
});

test('there is one wait less than there are tries', () => {
  expect(mostTries).toBe(waitMinutes.length + 1);
  expect([...waitMinutes]).toEqual([...waitMinutes].sort((a, b) => a - b));
});
