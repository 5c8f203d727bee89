import type { Policy, Source } from '../policy.ts';
import {
  interviewUnlisted,
  procedureOpen,
  procedurePart,
  reminderUnlisted,
  rewardsByLaw,
  settingsWithoutNumbers,
  toleranceUnlisted,
} from './defaults.ts';

/** 人民网 2015-12-01《河北唐山：“三严三实”专题教育坚持从严处着手在实处用力》. */
const article: Source = {
  kind: 'article',
  reference: '人民网 2015-12-01，《重大决策部署贯彻落实情况约谈办法（试行）》',
};

const protection: Source = { kind: 'article', reference: '人民网 2015-12-01，“担当保护机制”' };

/**
 * Tangshan's interviews of 2015, as far as its article tells: ten situations, four of which it names; a memorandum; a
 * rectification plan without a number of days; and what follows where rectification fails. It counts no interviews.
 */
export const tangshan: Policy = {
  id: 'tangshan',
  edition: '2015-12-01.2',
  name: '唐山市《重大决策部署贯彻落实情况约谈办法（试行）》',
  source: article,
  settings: settingsWithoutNumbers,
  instruments: { interview: { name: '重大决策部署贯彻落实情况约谈办法（试行）', source: article } },
  reminder: reminderUnlisted,
  interview: {
    ...interviewUnlisted,
    circumstances: [
      {
        id: 'key-work-and-indicators',
        name: '重点工作、重大项目、重要阶段性工作推进落实不力且主要经济发展指标持续负增长',
        source: article,
      },
      { id: 'eight-rules', name: '落实“八项规定”不力，存在“四风”方面严重问题', source: article },
      { id: 'overcapacity-and-coal', name: '不能按时完成过剩产能化解、控煤减煤任务', source: article },
      { id: 'air-quality', name: '大气环境质量排名靠后', source: article },
      { id: 'situation-5', source: article },
      { id: 'situation-6', source: article },
      { id: 'situation-7', source: article },
      { id: 'situation-8', source: article },
      { id: 'situation-9', source: article },
      { id: 'situation-10', source: article },
    ],
    planWithin: { name: '整改方案期限', value: null, source: article },
    memorandum: true,
    procedure: {
      ...procedureOpen,
      reviews: {
        office: procedureOpen.reviews.office,
        together: procedurePart('together', true, {
          ...article,
          reference: `${article.reference}：由市委、市政府督查室会同有关部门对整改情况进行跟踪督办、检查评估`,
        }),
      },
    },
    onFailure: { name: '对约谈态度消极、整改不力者，按规定追究责任，并视情况对班子进行组织调整', source: article },
  },
  tolerance: {
    ...toleranceUnlisted,
    circumstances: [
      {
        id: 'goal-missed',
        name: '勇于改革、大胆创新、转型发展成效突出，但受外部因素影响个别单项工作未能完全实现预期目标的',
        source: protection,
      },
      {
        id: 'poor-vote',
        name: '因勇于担当、不怕伤人、敢抓敢管而触犯某些人利益，造成民主测评结果不理想的',
        source: protection,
      },
    ],
    effects: [
      {
        outcome: 'exempt',
        circumstance: 'goal-missed',
        subject: '市委管理的领导班子和领导干部',
        purposes: ['assessment'],
        text: '不做负面评价',
        // 领导班子, beside persons.
        units: true,
        source: protection,
      },
      {
        outcome: 'exempt',
        circumstance: 'poor-vote',
        purposes: ['assessment'],
        text: '民主测评结果不作为考核评价的依据，对综合考评结果不产生影响',
        source: protection,
      },
    ],
  },
  reward: rewardsByLaw,
};
