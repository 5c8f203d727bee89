/* eslint jest/expect-expect: ["error", { "assertFunctionNames": ["expect", "**.then*"] }] */
import { at } from '../../../test/story/story.ts';
import { closed, corrected, correcting, decided, proposed, reason } from '../../../test/story/tolerance-story.ts';
import { auditOfficer, disciplineHead } from '../../../test/story/tolerance-town.ts';
import { disciplineOfficer, housingDirector, housingLiaison } from '../../../test/story/town.ts';

/** What was tolerated and not mended, or tolerated in error, is handed on (Yichang: 整改不到位、虚假整改的追究责任). */

const handedOn = { to: 'discipline', ...reason };

describe('a tolerance is referred', () => {
  test('while it is corrected, once a correction is overdue or was returned', () => {
    correcting().when('refer', disciplineOfficer, handedOn).then({ refused: 'not-now' });
    // Due on Monday 9 March, that day included.
    correcting()
      .when('refer', disciplineOfficer, handedOn, { now: at('2026-03-09') })
      .then({ refused: 'not-now' });
    correcting()
      .when('refer', disciplineOfficer, handedOn, { now: at('2026-03-10') })
      .then({ state: 'correcting', events: ['ToleranceReferred'], letters: {} });
    corrected().when('refer', disciplineOfficer, handedOn).then({ refused: 'not-now' });
    corrected()
      .and('return-correction', disciplineOfficer, reason)
      .when('refer', disciplineOfficer, handedOn)
      .then({ state: 'correcting' });
  });

  test('once it is closed, after a correction was found to be sham', () => {
    closed().when('refer', disciplineOfficer, handedOn).then({ refused: 'not-now' });
    const reopened = closed().and('reopen-correction', disciplineOfficer, { finding: '虚假整改。' });
    const again = reopened
      .and('file-correction', housingLiaison, { report: '已办。' })
      .and('accept-correction', disciplineOfficer);
    expect(again.state).toBe('closed');
    again.when('refer', disciplineOfficer, handedOn).then({ state: 'closed' });
  });

  test('once it is rescinded, and at no other time', () => {
    const rescinded = decided().and('rescind', disciplineHead, reason);
    rescinded.when('refer', disciplineOfficer, handedOn).then({ state: 'rescinded' });
    for (const story of [proposed(), decided()])
      story.when('refer', disciplineOfficer, handedOn).then({ refused: 'not-now' });
  });

  test('by the organ, to the discipline organ alone, and stays on its file', () => {
    const rescinded = decided().and('rescind', disciplineHead, reason);
    rescinded.when('refer', housingDirector, handedOn).then({ refused: 'not-yours' });
    rescinded.when('refer', disciplineOfficer, { ...handedOn, to: 'adjustment' }).then({ refused: 'malformed' });
    rescinded.when('refer', disciplineOfficer, { to: 'discipline' }).then({ refused: 'malformed' });
    const after = rescinded.and('refer', disciplineOfficer, handedOn);
    expect(after.detailsFor(disciplineOfficer)?.['referrals']).toMatchObject([
      { ...handedOn, by: 'discipline-officer' },
    ]);
    for (const reader of [housingDirector, housingLiaison, auditOfficer])
      expect(after.detailsFor(reader)?.['referrals']).toBeUndefined();
  });
});
