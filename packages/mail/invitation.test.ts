import type { Invitation } from '@dandang/casework/letter-issue.ts';
import fc from 'fast-check';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { convertIcsCalendar } from 'ts-ics';
import { invitationFile } from './invitation.ts';

const invitation: Invitation = {
  uid: 'm1@interview',
  sequence: 2,
  method: 'REQUEST',
  startsAt: '2026-09-17T15:00:00.000+08:00',
  endsAt: '2026-09-17T17:00:00.000+08:00',
  place: '市委第二会议室',
  summary: '约谈通知书',
  stampedAt: '2026-09-15T10:00:00.000+08:00',
};
const organizer = { address: 'dandang@city.example', name: '中共宜昌市委督查室（担当）' };
const recipient = { address: 'housing@city.example', name: '市住房和城乡建设局' };

const written = (...given: Parameters<typeof invitationFile>): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(invitationFile(...given).content);

/** What a program reads of an invitation. */
interface Read {
  readonly method: unknown;
  readonly uid: unknown;
  readonly sequence: unknown;
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly place: unknown;
  readonly organizer: readonly [unknown, unknown];
  readonly attendee: readonly [unknown, unknown];
}

const address = (uri: unknown): string => String(uri).replace(/^mailto:/i, '');

/** Three programs that have nothing to do with each other, nor with what writes it. */
const readers: Readonly<Record<string, (file: string) => Read>> = {
  'node-ical': (file) => {
    const event = Object.values(nodeIcal.sync.parseICS(file)).find((one) => one?.type === 'VEVENT');
    if (event?.type !== 'VEVENT') throw new Error('no event');
    const person = (property: unknown): readonly [unknown, unknown] => {
      if (typeof property !== 'object' || property === null || !('params' in property) || !('val' in property))
        throw new Error('no person');
      const { params } = property;
      const name = typeof params === 'object' && params !== null && 'CN' in params ? params.CN : undefined;
      return [typeof name === 'string' ? name.replace(/^"|"$/g, '') : name, address(property.val)];
    };
    return {
      method: event.method,
      uid: event.uid,
      sequence: Number(event.sequence),
      start: event.start.toISOString(),
      end: event.end?.toISOString(),
      place: event.location,
      organizer: person(event.organizer),
      attendee: person(event.attendee),
    };
  },
  'ical.js': (file) => {
    const calendar = ICAL.Component.fromString(file);
    const event = calendar.getFirstSubcomponent('vevent');
    const value = (name: string) => event?.getFirstPropertyValue(name);
    const person = (name: string): readonly [unknown, unknown] => {
      const property = event?.getFirstProperty(name);
      return [property?.getFirstParameter('cn'), address(property?.getFirstValue())];
    };
    const time = (name: string): string | undefined => {
      const found = value(name);
      return found instanceof ICAL.Time ? found.toJSDate().toISOString() : undefined;
    };
    return {
      method: calendar.getFirstPropertyValue('method'),
      uid: value('uid'),
      sequence: value('sequence'),
      start: time('dtstart'),
      end: time('dtend'),
      place: value('location'),
      organizer: person('organizer'),
      attendee: person('attendee'),
    };
  },
  'ts-ics': (file) => {
    const { method, events = [] } = convertIcsCalendar(undefined, file);
    const [event] = events;
    const bare = (name: string | undefined) => name?.replace(/^"|"$/g, '');
    return {
      method,
      uid: event?.uid,
      sequence: event?.sequence,
      start: event?.start.date.toISOString(),
      end: event?.end?.date.toISOString(),
      place: event?.location,
      organizer: [bare(event?.organizer?.name), event?.organizer?.email],
      attendee: [bare(event?.attendees?.[0]?.name), event?.attendees?.[0]?.email],
    };
  },
};

describe.each(Object.entries(readers))('%s reads whole', (_name, read) => {
  test('an invitation, with its end and whom it is from', () => {
    expect(read(written(invitation, organizer, recipient))).toEqual({
      method: 'REQUEST',
      uid: 'm1@interview',
      sequence: 2,
      start: '2026-09-17T07:00:00.000Z',
      end: '2026-09-17T09:00:00.000Z',
      place: '市委第二会议室',
      organizer: ['中共宜昌市委督查室（担当）', 'dandang@city.example'],
      attendee: ['市住房和城乡建设局', 'housing@city.example'],
    });
  });

  test('that it is called off, at the same hours', () => {
    const off = read(written({ ...invitation, method: 'CANCEL', sequence: 3 }, organizer, recipient));
    expect(off).toMatchObject({ method: 'CANCEL', sequence: 3, end: '2026-09-17T09:00:00.000Z' });
  });

  test.each([
    ['张"小"路', '张“小”路'],
    ['“三服务"专班', '“三服务“专班'],
    ['甲;乙:丙,丁\\', '甲；乙：丙，丁＼'],
    ['甲\r\nBEGIN:VALARM\t乙', '甲 BEGIN：VALARM 乙'],
    ['甲\u007f乙\u0085丙', '甲 乙 丙'],
  ])('a person called %j', (name, shown) => {
    expect(read(written(invitation, organizer, { ...recipient, name })).attendee).toEqual([shown, recipient.address]);
  });

  test('an invitation whose names and place are as long as they may be', () => {
    const long = '某某市推进新型城镇化和农业转移人口市民化工作领导小组办公室'.repeat(6);
    const place = `${long}，三楼；东侧`;
    const found = read(written({ ...invitation, place }, { ...organizer, name: long }, { ...recipient, name: long }));
    expect([found.organizer[0], found.attendee[0], found.place]).toEqual([long, long, place]);
  });
});

describe('a calendar file', () => {
  /** Names in which what breaks one is frequent. */
  const name = fc
    .array(
      fc.oneof(
        fc.constantFrom('"', '\\', '\r\n', '\n', '\t', ':', ';', ',', '𠮷', '督'),
        fc.string({ unit: 'binary' }),
      ),
      {
        minLength: 1,
      },
    )
    .map((parts) => `名${parts.join('')}`);

  test('has whole lines of 75 octets at most, each ended by CRLF, and no quote or control character in a name', () => {
    fc.assert(
      fc.property(name, name, name, (office, person, place) => {
        const file = written({ ...invitation, place }, { ...organizer, name: office }, { ...recipient, name: person });
        expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
        expect(file.replaceAll('\r\n', '')).not.toMatch(/\p{Cc}/u);
        const lines = file.split('\r\n');
        // Cut between characters: each line by itself is well-formed.
        expect(lines.filter((line) => Buffer.byteLength(line) > 75 || !line.isWellFormed())).toEqual([]);
        const unfolded = file.replaceAll('\r\n ', '').split('\r\n');
        for (const line of unfolded.filter((one) => /^(ORGANIZER|ATTENDEE)/.test(one)))
          expect(line).toMatch(/^[A-Z]+(?:;[A-Z]+=(?:"[^"]*"|[^";:,]*))*:(?:mailto:|MAILTO:)[^"]+$/);
        expect(unfolded.filter((one) => one.startsWith('BEGIN:'))).toEqual(['BEGIN:VCALENDAR', 'BEGIN:VEVENT']);
      }),
    );
  });

  test('of before calendars were told an end has none', () => {
    const { endsAt: _, ...before } = invitation;
    expect(written(before, organizer, recipient)).not.toContain('DTEND');
  });
});
