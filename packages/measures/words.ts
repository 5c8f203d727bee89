import type { AnyForm } from '@dandang/casework/form.ts';
import type { Measure } from '@dandang/casework/measure.ts';
import type { MeasureWords } from '@dandang/casework/measure-words.ts';
import { clarification } from './clarification/clarification.ts';
import { clarificationForm } from './clarification/form.ts';
import { clarificationWords } from './clarification/words.ts';
import { interviewForm } from './interview/form.ts';
import { interview } from './interview/interview.ts';
import { interviewWords } from './interview/words.ts';
import { reminderForm } from './reminder/form.ts';
import { reminder } from './reminder/reminder.ts';
import { reminderWords } from './reminder/words.ts';
import { rewardForm } from './reward/form.ts';
import { reward } from './reward/reward.ts';
import { rewardWords } from './reward/words.ts';
import { riskFilingForm } from './risk-filing/form.ts';
import { riskFiling } from './risk-filing/risk-filing.ts';
import { riskFilingWords } from './risk-filing/words.ts';
import { toleranceForm } from './tolerance/form.ts';
import { tolerance } from './tolerance/tolerance.ts';
import { toleranceWords } from './tolerance/words.ts';

/** A measure with everything that people read of it; for documents, the portal and tests alone. */
export interface WordedMeasure {
  readonly measure: Measure;
  readonly words: MeasureWords;
  /** The fields of the opening (`open`) and of the commands that ask for anything. */
  readonly forms: AnyForm;
}

/** Every measure of the registry, in its order, with its words and forms. */
export const wordedMeasures: readonly WordedMeasure[] = [
  { measure: reminder, words: reminderWords, forms: reminderForm },
  { measure: interview, words: interviewWords, forms: interviewForm },
  { measure: riskFiling, words: riskFilingWords, forms: riskFilingForm },
  { measure: tolerance, words: toleranceWords, forms: toleranceForm },
  { measure: clarification, words: clarificationWords, forms: clarificationForm },
  { measure: reward, words: rewardWords, forms: rewardForm },
];
