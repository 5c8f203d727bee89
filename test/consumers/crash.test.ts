import { type DeliveryEvent, deliveryEvent, longestWaitMinutes } from '@dandang/casework/delivery.ts';
import type { OutgoingMail } from '@dandang/mail/message.ts';
import type { SendOutcome } from '@dandang/mail/smtp.ts';
import { readFile } from '@dandang/store/file.ts';
import { deliveryKey } from '@dandang/store/keys.ts';
import fc from 'fast-check';
import { Died, mayDie } from './dying.ts';
import { Rig } from './rig.ts';

const start = '2026-09-15T10:00:00.000+08:00';

/** A rig with an issued letter whose deliveries wait in the queue. */
async function issuedRig(): Promise<Rig> {
  const rig = new Rig(start);
  await rig.enterTown();
  for (const command of rig.commands.slice(0, 4)) await command();
  while (rig.rings.publish.length > 0) {
    const rung = rig.rings.publish.shift();
    if (rung !== undefined) await rig.announces(rung);
  }
  return rig;
}

async function eventsOf(rig: Rig, id: string): Promise<DeliveryEvent[]> {
  const { commits } = await readFile(rig.commits, deliveryKey(id));
  return commits.flatMap((commit) => commit.events.map((event) => deliveryEvent.parse(event)));
}

/** How an attempt goes on the wire; the process may die before or after the server has spoken. */
const wire = fc.constantFrom(
  'accept',
  'accept',
  'accept-and-die',
  'die-before',
  'fail',
  'fail-may-have-arrived',
  'refuse',
);
type Wire = 'accept' | 'accept-and-die' | 'die-before' | 'fail' | 'fail-may-have-arrived' | 'refuse';

test('whenever senders die, a letter is sent at least once or failed, by one at a time, under one Message-ID', async () => {
  const round = fc.record({
    wire,
    workers: fc.integer({ min: 1, max: 3 }),
    /** At which of the round's appends somebody dies; most rounds have fewer. */
    dieAt: fc.integer({ min: 0, max: 8 }),
    seconds: fc.constantFrom(0, 30, 89, 91, 600),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(round, { maxLength: 12 }), async (rounds) => {
      const rig = await issuedRig();
      const ids = (await rig.deliveries()).filter((one) => one.matter !== undefined).map((one) => one.id);
      expect(ids).toHaveLength(2);
      const [id = ''] = ids;
      const onTheWire: { readonly messageId: string; readonly taken: boolean; readonly marked: boolean }[] = [];
      let way: Wire = 'accept';
      let leasedUntil = '';
      rig.outcome = async (mail: OutgoingMail): Promise<SendOutcome> => {
        // Nobody else may be sending it now: the lease of whoever did has run out.
        expect(rig.now >= leasedUntil).toBe(true);
        const taken = way === 'accept' || way === 'accept-and-die' || way === 'fail-may-have-arrived';
        const before = onTheWire.some((one) => one.taken);
        if (before) expect(mail.possibleDuplicate).toBe(true);
        onTheWire.push({ messageId: mail.messageId, taken, marked: mail.possibleDuplicate });
        const running = (await eventsOf(rig, id)).findLast((event) => event.type === 'AttemptStarted');
        leasedUntil = running?.type === 'AttemptStarted' ? running.data.leaseUntil : '';
        await new Promise((resolve) => setImmediate(resolve));
        if (way === 'die-before' || way === 'accept-and-die') throw new Died();
        leasedUntil = '';
        if (way === 'refuse') return { outcome: 'refused', status: 550, reason: '' };
        if (way === 'accept') return { outcome: 'accepted', response: '' };
        return { outcome: 'failed', reason: '', mayHaveArrived: way === 'fail-may-have-arrived' };
      };
      for (const { wire: next, workers, dieAt, seconds } of rounds) {
        way = next;
        let appends = 0;
        rig.dying = () => {
          appends += 1;
          if (appends === dieAt) throw new Died();
        };
        await Promise.all(Array.from({ length: workers }, () => mayDie(() => rig.sends({ delivery: id }))));
        rig.pass(seconds);
      }
      rig.dying = () => undefined;
      way = 'accept';
      for (let calm = 0; calm < 3; calm += 1) {
        rig.pass(longestWaitMinutes * 60 + 1);
        await rig.sends({ delivery: id });
      }
      const delivery = (await rig.deliveries()).find((one) => one.id === id);
      expect(['sent', 'failed', 'bounced']).toContain(delivery?.state);
      if (delivery?.state === 'sent') expect(onTheWire.some((one) => one.taken)).toBe(true);
      expect(new Set(onTheWire.map((one) => one.messageId)).size).toBeLessThanOrEqual(1);
      // On file no attempt begins before the one before it has an outcome, or its lease has run out.
      let running: { readonly attempt: number; readonly leaseUntil: string } | undefined;
      for (const { at, events } of (await readFile(rig.commits, deliveryKey(id))).commits)
        for (const event of events.map((one) => deliveryEvent.parse(one))) {
          if (event.type === 'AttemptStarted') {
            if (running !== undefined) {
              expect(at >= running.leaseUntil).toBe(true);
              expect(event.data.possibleDuplicate).toBe(true);
            }
            running = event.data;
          } else if (event.type !== 'DeliveryQueued') running = undefined;
        }
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('whenever the distribution dies, each recipient gets one delivery and each person one to-do mail', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ dieAt: fc.integer({ min: 1, max: 12 }), twice: fc.boolean() }), { maxLength: 10 }),
      async (deaths) => {
        const rig = new Rig(start);
        await rig.enterTown();
        for (const command of rig.commands.slice(0, 4)) await command();
        const rung = [...rig.rings.publish];
        for (const view of rig.rings.views.splice(0)) await rig.projects(view);
        for (const { dieAt, twice } of deaths) {
          let appends = 0;
          rig.dying = () => {
            appends += 1;
            if (appends === dieAt) throw new Died();
          };
          const hear = () =>
            mayDie(async () => {
              for (const one of rung) await rig.announces(one);
            });
          await Promise.all(twice ? [hear(), hear()] : [hear()]);
        }
        rig.dying = () => undefined;
        for (const one of rung) await rig.announces(one);
        await rig.straight();
        const deliveries = await rig.deliveries();
        expect(
          deliveries
            .filter((one) => one.matter !== undefined)
            .map((one) => `${one.documentType} ${one.recipient.id} ${one.state}`)
            .sort(),
        ).toEqual(['reminder-letter housing sent', 'work-tip deputy-leader sent']);
        const mailed = rig.mails.map((mail) => mail.messageId);
        expect(new Set(mailed).size).toBe(mailed.length);
        const nudged = rig.mails.filter((mail) => mail.subject === '您有待办事项').map((mail) => mail.to);
        expect(new Set(nudged).size).toBe(nudged.length);
        expect(nudged).toContain('housing-liaison@office.example');
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
