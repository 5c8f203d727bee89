import { type EnglishOf, measureWords } from '@dandang/casework/measure-words.ts';
import { clarification, type ClarificationCommand } from './clarification.ts';
import type { ClarificationState } from './clarification-matter.ts';
import type { ClarificationEvent } from './events.ts';
import { typeNames } from './letters.ts';

const english: EnglishOf<
  ClarificationState,
  ClarificationCommand,
  ClarificationEvent['type'],
  never,
  keyof typeof typeNames
> = {
  title: 'Clarification',
  about: {
    zh: '对查明不实的检举控告，以澄清函向干部本人、所在单位和有关机构说明，不透露检举控告人。',
    en: 'A report that was found not to be true is answered by a letter to the official, the unit and the bodies named; it never says who reported.',
  },
  opening: 'Draft a clarification letter',
  states: {
    drafted: 'Drafted',
    approved: 'Approved',
    issued: 'Issued',
    rescinded: 'Rescinded',
    withdrawn: 'Withdrawn',
  },
  commands: {
    revise: 'Revise',
    approve: 'Approve',
    return: 'Return',
    issue: 'Issue',
    rescind: 'Rescind',
    'name-reviewer': 'Name the unit that decides',
  },
  events: {
    ReviewerNamed: { zh: '指定代为决定的机关', en: 'Deciding unit named' },
    ClarificationDrafted: { zh: '起草澄清函', en: 'Clarification drafted' },
    ClarificationRevised: { zh: '修改澄清函', en: 'Clarification revised' },
    ClarificationReturned: { zh: '退回', en: 'Returned' },
    ClarificationApproved: { zh: '批准', en: 'Approved' },
    ClarificationIssued: { zh: '印发澄清函', en: 'Clarification issued' },
    ClarificationRescinded: { zh: '撤销澄清函', en: 'Clarification rescinded' },
  },
  deadlines: {},
  documents: {
    'clarification-statement': 'Clarification letter',
    'clarification-rescission': 'Notice of rescission',
  },
  tones: {
    revise: 'normal',
    approve: 'primary',
    return: 'normal',
    issue: 'primary',
    rescind: 'danger',
    'name-reviewer': 'primary',
  },
  consequences: {
    issue: {
      zh: '澄清函发给干部本人、所在单位和有关机构；印发后不能修改，只能撤销。',
      en: 'The letter goes to the official, the unit and the bodies named; issued, it can only be rescinded.',
    },
    rescind: {
      zh: '撤销通知发给澄清函的全部收件方，不能恢复。',
      en: 'A notice goes to everybody who got the letter; it cannot be undone.',
    },
  },
  diagram: {
    drafted: { approve: ['approved'], withdraw: ['withdrawn'] },
    approved: { issue: ['issued'], withdraw: ['withdrawn'] },
    issued: { rescind: ['rescinded'] },
  },
};

export const clarificationWords = measureWords(clarification, { deadlines: {}, documents: typeNames }, english);
