import type { Caller, Role } from '@dandang/access/caller.ts';
import { publishedCalendar } from '@dandang/calendar/calendar.ts';
import type { Official, Unit } from '@dandang/casework/directory.ts';
import { yichang } from '@dandang/policy/cities/yichang.ts';
import { applySettings } from '@dandang/policy/policy.ts';
import type { World } from './story.ts';

/** A made-up town for stories: the units and people of the demonstration, as far as stories need them. */

const person = (id: string, unit: string, ...roles: Role[]): Caller => ({ id, name: `${id}（演示）`, unit, roles });

export const clerk = person('clerk', 'supervision-office', 'supervision');
export const clerk2 = person('clerk-2', 'supervision-office', 'supervision');
export const govClerk = person('gov-clerk', 'gov-supervision-office', 'supervision');
export const principal = person('principal-leader', 'city-leaders', 'leader', 'principal-leader', 'approver');
export const deputy = person('deputy-leader', 'city-leaders', 'leader', 'approver');
export const deputy2 = person('deputy-leader-2', 'city-leaders', 'leader', 'approver');
/** Carries both roles, so that only the rules keep drafting and approving apart. */
export const clerkWhoApproves = person('clerk-approver', 'supervision-office', 'supervision', 'approver');
export const disciplineOfficer = person('discipline-officer', 'discipline', 'discipline');
export const housingLiaison = person('housing-liaison', 'housing', 'unit');
export const housingDirector = person('housing-director', 'housing', 'official');
export const ecologyLiaison = person('ecology-liaison', 'ecology', 'unit');
export const ecologyDirector = person('ecology-director', 'ecology', 'official');
export const admin = person('admin', '', 'admin');

export const everybody: readonly Caller[] = [
  clerk,
  clerk2,
  govClerk,
  principal,
  deputy,
  deputy2,
  clerkWhoApproves,
  disciplineOfficer,
  housingLiaison,
  housingDirector,
  ecologyLiaison,
  ecologyDirector,
  admin,
];

const unit = (id: string, name: string): Unit => ({ id, name, mail: `office@${id}.example` });
const units: readonly Unit[] = [
  unit('supervision-office', '市委督查室（演示）'),
  unit('gov-supervision-office', '市政府政务督查室（演示）'),
  unit('city-leaders', '市领导（演示）'),
  unit('discipline', '市纪委监委机关（演示）'),
  unit('housing', '市住房和城乡建设局（演示）'),
  unit('ecology', '市生态环境局（演示）'),
  unit('commerce', '市商务局（演示）'),
];

const inChargeOf: Readonly<Record<string, string[]>> = {
  'deputy-leader': ['housing', 'ecology'],
  'deputy-leader-2': ['commerce'],
};

const officials: readonly Official[] = everybody
  .filter((one) => one.unit !== '')
  .map(({ id, name, unit: of, roles }) => ({
    id,
    name,
    unit: of,
    roles: [...roles],
    mail: `${id}@${of}.example`,
    ...(id === 'housing-director' ? { position: '局长' } : {}),
    ...(inChargeOf[id] === undefined ? {} : { inChargeOf: inChargeOf[id] }),
  }));

/** The town under Yichang's policy, with what the article leaves unset filled in as an office would. */
export const town: World = {
  policy: applySettings(yichang, [
    { 'reminder.replyWithin': { amount: 5, unit: 'working-day' }, 'reminder.series': '演督提' },
  ]),
  calendar: publishedCalendar,
  units,
  officials,
};

/** The same town before anybody has set anything. */
export const townUnset: World = { ...town, policy: yichang };

/** The town with some directory entries changed: `without(town, 'mail', 'housing')`. */
export const withoutMail = (world: World, ...ids: readonly string[]): World => {
  const silenced = <T extends { readonly id: string; readonly mail?: string | undefined }>(
    entry: T,
  ): Omit<T, 'mail'> | T => {
    if (!ids.includes(entry.id)) return entry;
    const { mail: _, ...rest } = entry;
    return rest;
  };
  return { ...world, units: world.units.map(silenced), officials: world.officials.map(silenced) };
};
