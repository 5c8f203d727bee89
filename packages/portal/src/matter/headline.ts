import type { Matter } from '../api/answers.ts';

/** What a matter is called: by itself, by what it is about, by its people, or by its unit. */
export function headlineOf({ headline, details, subjects, unit }: Matter): string {
  if (headline !== undefined) return headline;
  const subject = details['subject'];
  if (typeof subject === 'string' && subject !== '') return subject;
  return subjects.length === 0 ? unit.name : subjects.map(({ name }) => name).join('、');
}
