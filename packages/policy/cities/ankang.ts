import type { Policy, Source } from '../policy.ts';
import { lawfulDispute, settingsWithoutNumbers } from './defaults.ts';

/** 安康新闻网：贯彻“三项机制”综述. */
const article: Source = { kind: 'article', reference: '安康新闻网，“三项机制”综述，“注重运用考核结果”' };

/**
 * Ankang's 提醒约谈 of leading groups and of persons in charge, as far as its article tells: that it is done after
 * assessments by the principal leaders. It names no situations, no terms, and counts nothing. It bears no date; the
 * edition is the year of its latest figures.
 */
export const ankang: Policy = {
  id: 'ankang',
  edition: '2018',
  name: '安康市贯彻落实“三项机制”配套办法',
  source: article,
  settings: settingsWithoutNumbers,
  reminder: { circumstances: [], disputeWithin: lawfulDispute },
  interview: {
    // That there are grounds is known, their text is not.
    circumstances: [{ id: 'unlisted', source: article }],
    planWithin: { name: '整改方案期限', value: null, source: article },
    memorandum: false,
    disputeWithin: lawfulDispute,
    ladder: [],
  },
};
