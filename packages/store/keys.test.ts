import fc from 'fast-check';
import * as keys from './keys.ts';

const matter = { kind: 'reminder', id: 'r-1' };
const openedAt = '2026-10-09T09:00:00.000+08:00';

describe('commit keys', () => {
  test.each([
    [keys.matterKey('reminder', 'r-1'), 'reminder/r-1', 'reminder', 'r-1'],
    [keys.deliveryKey('d-1'), 'delivery/d-1', 'delivery', 'd-1'],
    [keys.ladderKey('o-1'), 'ladder/o-1', 'ladder', 'o-1'],
    [keys.registerKey('督提', 2026), 'register/督提/2026', 'register', '督提/2026'],
    [keys.settingsKey('yichang'), 'settings/yichang', 'settings', 'yichang'],
    [keys.calendarKey(), 'calendar/cn', 'calendar', 'cn'],
    [keys.unitKey('housing'), 'unit/housing', 'unit', 'housing'],
    [keys.officialKey('o-1'), 'official/o-1', 'official', 'o-1'],
    [keys.directoryImportKey('abc'), 'directory-import/abc', 'directory-import', 'abc'],
    [keys.attachmentKey('a1'), 'attachment/a1', 'attachment', 'a1'],
    [keys.scheduleKey('deadlines'), 'schedule/deadlines', 'schedule', 'deadlines'],
  ])('%s is spelled as the table expects and taken apart again', (key, spelled, kind, id) => {
    expect(key).toBe(spelled);
    expect(keys.parseKey(key)).toEqual({ kind, id });
  });

  test.each(['', 'a/b', '/', 'a#b', 'a\nb', '\u0000', '\ud83d'])('the id %j is refused', (id) => {
    expect(() => keys.matterKey('reminder', id)).toThrow(RangeError);
    expect(() => keys.registerKey(id, 2026)).toThrow(RangeError);
    expect(() => keys.todos.key(matter, id, 'role:approver')).toThrow(RangeError);
  });

  test.each(['', 'reminder', 'reminder/', '/r-1', 'register//2026', 'a#b/c'])('%j is not a commit key', (key) => {
    expect(() => keys.parseKey(key)).toThrow(RangeError);
  });

  test('two different pairs of kind and id never share a key', () => {
    const text = fc.string({ maxLength: 4 });
    fc.assert(
      fc.property(text, text, text, text, (kind, id, otherKind, otherId) => {
        fc.pre(![kind, id, otherKind, otherId].some((s) => s === '' || /[/#\p{Cc}]/u.test(s)));
        const same = kind === otherKind && id === otherId;
        expect(keys.matterKey(kind, id) === keys.matterKey(otherKind, otherId)).toBe(same);
        expect(keys.parseKey(keys.matterKey(kind, id))).toEqual({ kind, id });
      }),
    );
  });
});

describe('view keys', () => {
  test.each([
    [keys.matterHeads.key(matter), keys.matterHeads.listing(matter, openedAt), 'head', 'reminder', `${openedAt}#r-1`],
    [
      keys.mattersByState.key(matter),
      keys.mattersByState.listing(matter, 'issued', openedAt),
      'state',
      'reminder#state#issued',
      `${openedAt}#r-1`,
    ],
    [
      keys.mattersByUnit.key(matter),
      keys.mattersByUnit.listing(matter, 'housing', openedAt),
      'unit',
      'reminder#unit#housing',
      `${openedAt}#r-1`,
    ],
    [
      keys.mattersByOfficial.key(matter, 'o-1'),
      keys.mattersByOfficial.listing(matter, 'o-1', openedAt),
      'official#o-1',
      'reminder#official#o-1',
      `${openedAt}#r-1`,
    ],
    [
      keys.deadlineActs.key(matter, 'reply'),
      keys.deadlineActs.listing(matter, 'reply', '2026-10-09'),
      'act#reply',
      'act#2026-10-09',
      'reminder/r-1#reply',
    ],
    [
      keys.openDeadlines.key(matter, 'reply'),
      keys.openDeadlines.listing(matter, 'reply', '2026-10-09'),
      'deadline#reply',
      'open-deadlines',
      '2026-10-09#reminder/r-1#reply',
    ],
    [
      keys.openDeadlinesByParty.key(matter, 'reply', 'unit:housing'),
      keys.openDeadlinesByParty.listing(matter, 'reply', 'unit:housing', '2026-10-09'),
      'party-deadline#reply#unit:housing',
      'open-deadlines#party#unit:housing',
      '2026-10-09#reminder/r-1#reply',
    ],
    [
      keys.mattersByParty.key(matter, 'everybody'),
      keys.mattersByParty.listing(matter, 'everybody', openedAt),
      'party#everybody',
      'reminder#party#everybody',
      `${openedAt}#r-1`,
    ],
    [
      keys.todos.key(matter, 'approve', 'role:approver'),
      keys.todos.listing(matter, 'approve', 'role:approver', openedAt),
      'todo#approve#role:approver',
      'todo#role:approver',
      `${openedAt}#reminder/r-1#approve`,
    ],
  ])('a row of a matter has its place and its listing: %j', (key, listing, sk, list, at) => {
    expect(key).toEqual({ pk: 'matter#reminder/r-1', sk });
    expect(listing).toEqual({ list, at });
  });

  test.each([
    [
      keys.deliveriesByState.key('d-1'),
      keys.deliveriesByState.listing('d-1', 'failed', openedAt),
      'state',
      'deliveries#state#failed',
    ],
    [
      keys.deliveriesByParty.key('d-1', 'unit:housing'),
      keys.deliveriesByParty.listing('d-1', 'unit:housing', openedAt),
      'party#unit:housing',
      'deliveries#party#unit:housing',
    ],
  ])('a row of a delivery has its place and its listing: %j', (key, listing, sk, list) => {
    expect(key).toEqual({ pk: 'delivery#d-1', sk });
    expect(listing).toEqual({ list, at: `${openedAt}#d-1` });
  });

  test('beside every row lies the head that its list points at', () => {
    expect(keys.headBeside(keys.mattersByParty.key(matter, 'everybody'))).toEqual(keys.matterHeads.key(matter));
    expect(keys.headBeside(keys.deliveriesByState.key('d-1'))).toEqual(keys.deliveryHeads.key('d-1'));
    expect(keys.headBeside(keys.officialsByRole.key('o-1', 'approver'))).toEqual(keys.officials.key('o-1'));
    expect(keys.headBeside(keys.units.key('housing'))).toEqual(keys.units.key('housing'));
  });

  test('a mail that is held back is found by the day it waits for', () => {
    expect(keys.heldMails.key('d-1')).toEqual({ pk: 'delivery#d-1', sk: 'held' });
    expect(keys.heldMails.listing('d-1', '2026-10-09')).toEqual({ list: 'held#2026-10-09', at: 'd-1' });
  });

  test.each([
    [keys.units.key('housing'), keys.units.listing('housing'), 'unit#housing', 'head', 'units', 'housing'],
    [keys.officials.key('o-1'), keys.officials.listing('o-1'), 'official#o-1', 'head', 'officials', 'o-1'],
    [
      keys.officialsByRole.key('o-1', 'approver'),
      keys.officialsByRole.listing('o-1', 'approver'),
      'official#o-1',
      'role#approver',
      'officials#role#approver',
      'o-1',
    ],
    [
      keys.officialsByUnit.key('o-1'),
      keys.officialsByUnit.listing('o-1', 'housing'),
      'official#o-1',
      'unit',
      'officials#unit#housing',
      'o-1',
    ],
  ])('a row of the directory has its place and its listing: %j', (key, listing, pk, sk, list, at) => {
    expect(key).toEqual({ pk, sk });
    expect(listing).toEqual({ list, at });
  });

  test('the bound up to a date includes all of that date and nothing of the next', () => {
    const through = keys.upTo('2026-10-09');
    const { at } = keys.openDeadlines.listing(matter, 'reply', '2026-10-09');
    const next = keys.openDeadlines.listing(matter, 'reply', '2026-10-10').at;
    expect(at < through).toBe(true);
    expect(next < through).toBe(false);
  });
});
