import { idText, freeText, shortText } from '@dandang/casework/input.ts';
import { type InputError, isRefusal, malformedAt, type Refusal } from '@dandang/casework/refusal.ts';
import * as z from 'zod/mini';
import type { Absence, Attendee } from './events.ts';
import type { Interview } from './interview-matter.ts';
import { refuse } from './refusals.ts';

/* Who of those called was there and who was not. */

/** The subjects and groups that did not come, each with the reason. */
export const absentInput = z.array(
  z.union([
    z.strictObject({ official: idText, reason: freeText }),
    z.strictObject({ group: z.strictObject({ unit: idText, name: shortText }), reason: freeText }),
  ]),
);
type AbsentInput = z.infer<typeof absentInput>;

type Called = Pick<Interview, 'subjects' | 'details'>;
type Group = Interview['details']['groups'][number];
const sameGroup = (a: Group, b: Group): boolean => a.unit === b.unit && a.name === b.name;

/** Whether an absence is of that subject, or that group. */
export const isAbsent = (absent: readonly Absence[], one: { readonly official: string } | { readonly group: Group }) =>
  absent.some((absence) =>
    'official' in one
      ? 'official' in absence && absence.official === one.official
      : 'group' in absence && sameGroup(absence.group, one.group),
  );

/** What other papers than the record say of absences: only who. */
export const absentNames = (absent: readonly Absence[]): string =>
  absent.map((one) => ('official' in one ? one.name : one.group.name)).join('、');

/** The same as a person sees it who does not see the record. */
export const withoutReasons = (absent: readonly Absence[] | undefined) =>
  absent?.map(({ reason: _reason, ...who }) => who);

/** The absences as they go on file. Refuses who was not called with `malformed`, who is named twice with `duplicate-subject`. */
export function absencesOf({ subjects, details: { groups } }: Called, input: AbsentInput): Absence[] | Refusal {
  const absent: Absence[] = [];
  for (const [index, one] of input.entries()) {
    if (isAbsent(absent, one)) return refuse('duplicate-subject');
    const { reason } = one;
    if ('group' in one) {
      if (!groups.some((group) => sameGroup(group, one.group))) return notCalled(index);
      absent.push({ group: one.group, reason });
    } else {
      const subject = subjects.find(({ id }) => id === one.official);
      if (subject === undefined) return notCalled(index);
      absent.push({ official: subject.id, name: subject.name, reason });
    }
  }
  return absent;
}

const notCalled = (index: number): Refusal => malformedAt(`absent.${index}`, '不是约谈对象', 'was not called');

/** The absences of a command that need not name any: nothing where it names none. */
export function absencesIn(
  interview: Called,
  input: AbsentInput | undefined,
): { readonly absent?: readonly Absence[] } | Refusal {
  if (input === undefined || input.length === 0) return {};
  const absent = absencesOf(interview, input);
  return isRefusal(absent) ? absent : { absent };
}

/** Those who attend for the offices that must attend throughout: who was invited for one before who merely belongs to it. */
function forOffices({ subjects, details: { plan } }: Called, attendees: readonly Attendee[]): Attendee[] {
  const invited = new Set(plan?.participants.map(({ id }) => id));
  const others = attendees.filter((one) => !subjects.some(({ id }) => id === one.id));
  return [...new Set(others.flatMap(({ offices = [] }) => offices))].flatMap((office) => {
    const all = others.filter(({ offices = [] }) => offices.includes(office));
    const named = all.filter(({ id }) => invited.has(id));
    return named.length > 0 ? named : all;
  });
}

/** The attendees who are there for a group: of its unit, and neither as lead nor for an office. */
function forGroup(interview: Called, group: Group, attendees: readonly Attendee[]): Attendee[] {
  const { plan } = interview.details;
  const elsewise = forOffices(interview, attendees);
  return attendees.filter((one) => one.unit === group.unit && one.id !== plan?.lead.id && !elsewise.includes(one));
}

/** The offices that must attend throughout and of which nobody was there; a subject does not stand for its own. */
export const officesMissing = (
  { subjects }: Called,
  attendees: readonly Attendee[],
  throughout: readonly string[],
): string[] =>
  throughout.filter(
    (office) =>
      !attendees.some(({ id, offices = [] }) => offices.includes(office) && !subjects.some((one) => one.id === id)),
  );

/**
 * Whether it was an interview at all, whatever else was not as it should be: the lead was there, and a subject or somebody
 * for a group; and everybody who was called stands in one of the two lists, and in one only.
 */
export function presenceHolds(
  interview: Called,
  { attendees, absent }: { readonly attendees: readonly Attendee[]; readonly absent: readonly Absence[] },
): Refusal | undefined {
  const { subjects, details } = interview;
  const { groups, plan } = details;
  const there = (id: string | undefined): boolean => attendees.some((one) => one.id === id);
  if (!there(plan?.lead.id)) return refuse('missing-lead');
  const anybody =
    subjects.some(({ id }) => there(id)) || groups.some((one) => forGroup(interview, one, attendees).length > 0);
  if (!anybody) return refuse('missing-subject');
  const errors: InputError[] = [];
  const check = (name: string, { here, away, alone }: { here: boolean; away: boolean; alone: boolean }): void => {
    if (!here && !away)
      errors.push({ path: 'attendees', zh: `未列明是否到场：${name}`, en: `neither attended nor absent: ${name}` });
    if (alone && away)
      errors.push({ path: 'absent', zh: `同时列为到场和缺席：${name}`, en: `both attended and absent: ${name}` });
  };
  for (const { id, name } of subjects)
    check(name, { here: there(id), away: isAbsent(absent, { official: id }), alone: there(id) });
  for (const group of groups) {
    const people = forGroup(interview, group, attendees);
    // A subject of the group's unit may have come for itself alone.
    const alone = people.some((one) => !subjects.some(({ id }) => id === one.id));
    check(group.name, { here: people.length > 0, away: isAbsent(absent, { group }), alone });
  }
  return errors.length === 0 ? undefined : refuse('subject-unaccounted', { errors });
}
