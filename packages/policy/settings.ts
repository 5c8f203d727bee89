import { term } from '@dandang/calendar/term.ts';
import * as z from 'zod/mini';

const text = (max: number) => z.string().check(z.maxLength(max), z.regex(/^[^\p{C}]*[^\p{C}\s][^\p{C}]*$/u));
const count = (min: number, max: number) => z.number().check(z.int(), z.minimum(min), z.maximum(max));

/** A 机关代字: it stands before 〔year〕 in a number, and in the key of a register, so without spaces, brackets, `/` and `#`. */
const series = z.string().check(z.maxLength(20), z.regex(/^[^\s\p{C}〔〕/#]+$/u));

/** Every setting and what may be put into it; `null` is unset. */
const values = z.strictObject({
  'reminder.replyWithin': z.nullable(term),
  'reminder.series': z.nullable(series),
  'interview.series': z.nullable(series),
  'interview.windowBasis': z.nullable(z.enum(['rolling', 'calendar-year'])),
  'interview.counts': z.nullable(z.enum(['persons', 'units'])),
  'interview.reportEvery': z.nullable(term),
  'interview.reviewOffice': z.nullable(text(64)),
  'tolerance.series': z.nullable(series),
  'tolerance.organs': z.nullable(z.array(text(64)).check(z.maxLength(50))),
  'tolerance.acceptWithin': z.nullable(term),
  'tolerance.investigateWithin': z.nullable(term),
  'tolerance.decideWithin': z.nullable(term),
  'tolerance.signWithin': z.nullable(term),
  'tolerance.reviewWithin': z.nullable(term),
  'tolerance.excusesInterviews': z.nullable(z.enum(['never', 'exempt', 'exempt-or-mitigate'])),
  'riskFiling.receiver': z.nullable(text(64)),
  'clarification.series': z.nullable(series),
  'reward.series': z.nullable(series),
  'reward.noticeWorkingDays': z.nullable(count(1, 60)),
  'reward.quotas': z.nullable(z.record(text(200), count(0, 100_000))),
  'reward.amounts': z.nullable(z.record(text(64), text(200))),
  'circumstance.texts': z.nullable(z.record(text(64), text(2000))),
  'deadline.yellowWorkingDays': z.nullable(count(0, 30)),
  'chaser.everyWorkingDays': z.nullable(count(1, 60)),
  'nudge.everyWorkingDays': z.nullable(count(1, 60)),
  // What is no state secret must not be marked as one (保密法, art. 22).
  'letter.marking': z.nullable(
    text(20).check(z.refine((marking) => !/[绝机秘]密|★/.test(marking.replaceAll(/\s/g, '')))),
  ),
  'mail.attachLetter': z.nullable(z.boolean()),
});

export type SettingValues = z.infer<typeof values>;
export type SettingKey = keyof SettingValues;

/**
 * The body of `PUT /api/policy/settings`: the settings to change, by key. `null` takes a setting back to what the
 * policy itself says, which may be unset. A key that no policy knows is refused.
 */
export const settingChanges = z.partial(values);
export type SettingChanges = z.infer<typeof settingChanges>;
