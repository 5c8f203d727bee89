import { term } from '@dandang/calendar/term.ts';
import * as z from 'zod/mini';
import { procedureSetting } from './procedure.ts';
import { purposeIds } from './purposes.ts';

const text = (max: number) => z.string().check(z.maxLength(max), z.regex(/^[^\p{C}]*[^\p{C}\s][^\p{C}]*$/u));
const count = (min: number, max: number) => z.number().check(z.int(), z.minimum(min), z.maximum(max));

/** A 机关代字: it stands before 〔year〕 in a number, and in the key of a register, so without spaces, brackets, `/` and `#`. */
const series = z.string().check(z.maxLength(20), z.regex(/^[^\s\p{C}〔〕/#]+$/u));

const signOff = z.enum(['off', 'required']);

/** What an entry of a list goes by: a circumstance as commands name it, or a unit of the directory that gets a copy. */
const entryId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
/** What a deployment adds behind the article's list, and where it says so: the reference of its own document. */
const added = z.array(z.strictObject({ id: entryId, name: text(2000), reference: text(500) })).check(z.maxLength(100));
const addedEffects = z
  .array(
    z.strictObject({
      outcome: z.enum(['exempt', 'mitigate']),
      purposes: z.array(z.enum(purposeIds)).check(z.minLength(1), z.maxLength(purposeIds.length)),
      text: text(2000),
      circumstance: z.optional(entryId),
      units: z.optional(z.literal(true)),
      reference: text(500),
    }),
  )
  .check(z.maxLength(100));

/** Every setting and what may be put into it; `null` is unset. */
const values = z.strictObject({
  'reminder.circumstances': z.nullable(added),
  'reminder.replyWithin': z.nullable(term),
  'reminder.series': z.nullable(series),
  'interview.circumstances': z.nullable(added),
  'interview.series': z.nullable(series),
  'interview.windowBasis': z.nullable(z.enum(['rolling', 'calendar-year'])),
  'interview.counts': z.nullable(z.enum(['persons', 'units'])),
  'interview.reportEvery': z.nullable(term),
  'interview.reviewOffice': z.nullable(text(64)),
  'interview.procedure': z.nullable(procedureSetting),
  'interview.invitationHours': z.nullable(count(1, 24)),
  'dispute.reviewOffice': z.nullable(text(64)),
  'tolerance.circumstances': z.nullable(added),
  'tolerance.factors': z.nullable(added),
  'tolerance.copies': z.nullable(added),
  'tolerance.effects': z.nullable(addedEffects),
  'tolerance.series': z.nullable(series),
  'tolerance.organs': z.nullable(z.array(text(64)).check(z.maxLength(50))),
  'tolerance.acceptWithin': z.nullable(term),
  'tolerance.investigateWithin': z.nullable(term),
  'tolerance.decideWithin': z.nullable(term),
  'tolerance.signWithin': z.nullable(term),
  'tolerance.reviewWithin': z.nullable(term),
  'tolerance.reviewOffice': z.nullable(text(64)),
  'tolerance.excusesInterviews': z.nullable(z.enum(['never', 'exempt', 'exempt-or-mitigate'])),
  'riskFiling.receiver': z.nullable(text(64)),
  'riskFiling.series': z.nullable(series),
  'clarification.series': z.nullable(series),
  'reward.series': z.nullable(series),
  'reward.noticeWorkingDays': z.nullable(count(1, 60)),
  'reward.quotas': z.nullable(z.record(text(200), count(0, 100_000))),
  'reward.grantedBy': z.nullable(z.record(text(64), z.enum(['here', 'above']))),
  'reward.amounts': z.nullable(z.record(text(64), text(200))),
  'decline.within': z.nullable(term),
  'unit.signOff': z.nullable(z.strictObject({ all: signOff, units: z.optional(z.record(text(64), signOff)) })),
  'circumstance.texts': z.nullable(z.record(text(64), text(2000))),
  'deadline.yellowWorkingDays': z.nullable(count(0, 30)),
  'chaser.everyWorkingDays': z.nullable(count(1, 60)),
  'chaser.stopAfter': z.nullable(count(1, 1000)),
  'nudge.everyWorkingDays': z.nullable(count(1, 60)),
  // What is no state secret must not be marked as one (保密法, art. 22).
  'letter.marking': z.nullable(
    text(20).check(z.refine((marking) => !/[绝机秘]密|★/.test(marking.replaceAll(/\s/g, '')))),
  ),
  // By measure, letter and part; what they may name is the letters' own to say.
  'letter.wording': z.nullable(
    z
      .record(text(64), z.record(text(64), z.record(text(64), text(1000))))
      .check(z.refine((wording) => Object.values(wording).flatMap(Object.values).flatMap(Object.keys).length <= 500)),
  ),
  'mail.attachLetter': z.nullable(z.boolean()),
});

export type SettingValues = z.infer<typeof values>;
export type SettingKey = keyof SettingValues;

const isSetting = (key: string): key is SettingKey => Object.hasOwn(values.shape, key);

/** Every setting, in the order in which they are listed. */
export const settingKeys: readonly SettingKey[] = Object.keys(values.shape).filter(isSetting);

/**
 * The body of `PUT /api/policy/settings`: the settings to change, by key. `null` takes a setting back to what the
 * policy itself says, which may be unset. A key that no policy knows is refused.
 */
export const settingChanges = z.partial(values);
export type SettingChanges = { readonly [K in SettingKey]?: SettingValues[K] | undefined };
