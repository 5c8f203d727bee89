import * as z from 'zod/mini';
import { civilDate, formatChinese, type CivilDate } from './civil-date.ts';

/**
 * The length of a period, with its unit: none is implied, since the law counts in all three.
 * `working-day`: 工作日 (行政许可法 art. 82 and others). `calendar-day`: 日 (民法典 art. 201). `month`: 月 (民法典 art. 202).
 */
export interface Term {
  readonly amount: number;
  readonly unit: 'working-day' | 'calendar-day' | 'month';
}

const unit = z.enum(['working-day', 'calendar-day', 'month']);

/** A term in a command, a setting or a policy. Its amount is a whole number from 1 to 1000. */
export const term: z.ZodMiniType<Term> = z.strictObject({
  amount: z.int('期限应为整数').check(z.gte(1, '期限至少为1'), z.lte(1000, '期限至多为1000')),
  unit,
});

/**
 * The last day of a period, which ends at 24:00 China time of that day, and what it was counted from: enough to count it again.
 * `firm`: it cannot change any more by next year's notice; then `dueOn`, `earliest` and `latest` are the same.
 * Otherwise it is provisional 暂定: `dueOn` is the expected day, the authority acts by `earliest`,
 * a person's or unit's right stays open until `latest`.
 */
export interface DueDate {
  readonly startedOn: CivilDate;
  readonly amount: number;
  readonly unit: Term['unit'];
  /** The edition of the calendar, `<last published year>#<1 + imports>`. */
  readonly calendar: string;
  readonly dueOn: CivilDate;
  readonly firm: boolean;
  readonly earliest: CivilDate;
  readonly latest: CivilDate;
}

/** A due date as it is stored in an event; parse it when it is read. */
export const dueDate: z.ZodMiniType<DueDate> = z.object({
  startedOn: civilDate,
  amount: z.int().check(z.gte(1)),
  unit,
  calendar: z.string().check(z.minLength(1)),
  dueOn: civilDate,
  firm: z.boolean(),
  earliest: civilDate,
  latest: civilDate,
});

/** The refusal to count past the year after the last published one, or before the first. */
export interface BeyondCalendar {
  readonly refused: 'no-calendar';
  /** The last year whose notice is on file. */
  readonly publishedThrough: number;
}

const UNITS: Readonly<Record<Term['unit'], string>> = {
  'working-day': '个工作日',
  'calendar-day': '日',
  month: '个月',
};

/** The rule in words, as a letter prints it: `5个工作日`, `30日`, `3个月`. */
export function formatTerm({ amount, unit: of }: Term): string {
  return `${amount}${UNITS[of]}`;
}

/** What a letter prints for a deadline: the date while it is firm (`2026年3月9日`), otherwise the rule (`5个工作日`), never a provisional date. */
export function formatDue(due: DueDate): string {
  return due.firm ? formatChinese(due.dueOn) : formatTerm(due);
}
