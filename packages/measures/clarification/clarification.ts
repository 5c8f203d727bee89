import { anOfficer, theOrgan } from '@dandang/access/party.ts';
import { measureTitles } from '../titles.ts';
import { derivedId } from '@dandang/casework/id.ts';
import { defineMeasure } from '@dandang/casework/define-measure.ts';
import type { ClarificationDetails, ClarificationState } from './clarification-matter.ts';
import { draftingCommands, opened, type Opening, openingInput, openingNeeds, recipients } from './drafting.ts';
import { type ClarificationEvent, clarificationEvent } from './events.ts';
import { evolveClarification } from './evolve.ts';
import { issuingCommands } from './issuing.ts';
import { reviewerCommands, undecidable } from './reviewer.ts';
import { gate, shown } from './shown.ts';
import { clarificationWording } from './wording.ts';

export const clarificationCommands = {
  // drafted → approved, or returned for a revision
  ...draftingCommands,
  // approved → issued → rescinded
  ...issuingCommands,
  // Where nobody is left who may approve
  ...reviewerCommands,
};

/** What people may do to it, beside what every measure knows. */
export type ClarificationCommand = keyof typeof clarificationCommands;

/**
 * The clarification 澄清: a report that was found not to be true is answered by a statement to the official, the unit and
 * the bodies named, and never says who reported. Source: Bengbu's 澄清保护机制 (the article names it and says no more); its
 * forms: the central discipline organ's 《关于做好失实检举控告澄清工作的意见》 (2020): in writing, in person, at a meeting or in
 * a bulletin, the latter three in writing as well.
 */
export const clarification = defineMeasure<ClarificationState, ClarificationDetails, ClarificationEvent, Opening>({
  kind: 'clarification',
  collection: 'clarifications',
  title: measureTitles.clarification,
  states: [
    { name: 'drafted', title: '已起草' },
    { name: 'approved', title: '已批准' },
    { name: 'issued', title: '已印发', final: true },
    { name: 'rescinded', title: '已撤销', final: true },
    { name: 'withdrawn', title: '已撤回', final: true },
  ],
  withdrawn: 'withdrawn',
  event: clarificationEvent,
  confidential: true,
  copied: true,
  opening: {
    title: '起草澄清函',
    by: [anOfficer],
    input: openingInput,
    needs: openingNeeds,
    decide: opened,
  },
  commands: clarificationCommands,
  heading: { drafted: 'issue', approved: 'issue' },
  evolve: evolveClarification,
  handlingOffice: theOrgan,
  deadlines: {},
  series: 'clarification.series',
  requires: ['clarification.series'],
  failing: { requests: 'Clarifications cannot be drafted, approved, issued or read.' },
  gate,
  headline: ({ subjects }) => subjects.map((one) => one.name).join('、'),
  details: shown,
  warnings: (matter, sight) => (sight === 'file' && undecidable(matter) ? [{ code: 'no-reviewer' }] : []),
  similarity: ({ subjects, details }) => derivedId('report', subjects[0]?.id ?? '', details.report.reference.trim()),
  // Nothing of it is owed by a day, so nobody is chased.
  notices: { needs: recipients, write: () => undefined },
  wording: clarificationWording,
});
