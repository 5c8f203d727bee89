import type { Policy, Source } from '../policy.ts';
import {
  interviewUnlisted,
  lawfulRevocations,
  lawfulRewards,
  procedureOpen,
  procedurePart,
  reminderUnlisted,
  settingsWithoutNumbers,
  toleranceUnlisted,
} from './defaults.ts';

/** 安康新闻网：贯彻“三项机制”综述. */
const article: Source = { kind: 'article', reference: '安康新闻网，“三项机制”综述，“注重运用考核结果”' };

const systematic: Source = { kind: 'article', reference: '安康新闻网，“三项机制”综述，“鼓励激励、容错纠错、能上能下”' };

/**
 * Ankang's 提醒约谈 of leading groups and of persons in charge, as far as its article tells: that it is done after
 * assessments by the principal leaders. It names no situations, no terms, and counts nothing. It bears no date; the
 * edition is the year of its latest figures.
 */
export const ankang: Policy = {
  id: 'ankang',
  edition: '2018.2',
  name: '安康市贯彻落实“三项机制”配套办法',
  source: article,
  settings: settingsWithoutNumbers,
  instruments: {},
  reminder: reminderUnlisted,
  interview: {
    ...interviewUnlisted,
    // That there are grounds is known, their text is not.
    circumstances: [{ id: 'unlisted', source: article }],
    planWithin: { name: '整改方案期限', value: null, source: article },
    procedure: {
      ...procedureOpen,
      lead: procedurePart('lead', 'principal', {
        ...article,
        reference: `${article.reference}：市委市政府主要领导先后……进行了提醒约谈`,
      }),
    },
  },
  tolerance: {
    ...toleranceUnlisted,
    principles: [
      {
        id: 'three-who-dare',
        name: '围绕重点工作任务，保护敢想、敢干、敢闯的“三敢群体”，为创新者容、为担当者容、为实干者容',
        source: systematic,
      },
    ],
  },
  reward: {
    kinds: [
      { id: 'selection', name: '评优评先', source: systematic },
      { id: 'assessment-award', name: '考核奖励', source: systematic },
      { id: 'care', name: '关爱关心', source: systematic },
      ...lawfulRewards,
    ],
    revocationGrounds: lawfulRevocations,
    principles: [
      // Both are said of promotions and appointments; rewards follow them by analogy.
      {
        id: 'clause',
        name: '提拔人选逐人说明适用条款',
        source: { kind: 'article', reference: '安康新闻网，“三项机制”综述，“抓关键环节”' },
      },
      {
        id: 'case',
        name: '任职备案逐人对照审核具体条款和事例印证',
        source: { kind: 'article', reference: '安康新闻网，“三项机制”综述，“与任职备案相结合”' },
      },
    ],
  },
};
