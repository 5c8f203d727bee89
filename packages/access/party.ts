import { type Caller, hasRole, isOwnAct, type Role } from './caller.ts';

/**
 * Who a to-do waits for: everybody with a role, everybody who answers for a unit, its heads or its deciders, or one person.
 */
export type Assignee =
  `role:${string}` | `unit:${string}` | `unit-head:${string}` | `decider:${string}` | `person:${string}`;

/** What a party needs to know of a matter; every measure's matter has it. */
export interface Involved {
  readonly unit: { readonly id: string };
  /** The unit that acts by authority on this matter, where it is not always the same office. */
  readonly organ?: { readonly id: string } | undefined;
  /** The units that have a part of their own in it 协办, beside the one that it is about. */
  readonly assisting?: readonly { readonly id: string }[] | undefined;
  readonly openedBy: {
    readonly id: string;
    readonly unit: string;
    readonly onBehalfOf?: { readonly id: string } | undefined;
  };
  readonly subjects: readonly { readonly id: string }[];
}

/**
 * A party to a matter: a named rule for who may act, from which the check, the to-do list and the documents are made.
 * `name` is the word of the contract (`docs/http.md`).
 */
export interface Party {
  readonly name: string;
  /** It acts by authority: then nobody who is a subject of the matter may act as such a party. */
  readonly office: boolean;
  readonly includes: (caller: Caller, matter: Involved) => boolean;
  readonly assignees: (matter: Involved) => readonly Assignee[];
}

/** Everybody who carries the role. */
export const role = (name: Role): Party => ({
  name,
  office: true,
  includes: (caller) => hasRole(caller, name),
  assignees: () => [`role:${name}`],
});

/** Those who carry the role in one unit. */
export const roleIn = (name: Role, unit: string): Party => ({
  name,
  office: true,
  includes: (caller) => hasRole(caller, name) && caller.unit === unit,
  assignees: () => [`unit:${unit}`],
});

/** Those who answer for the unit that the matter is about. */
export const theUnit: Party = {
  name: 'the unit',
  office: false,
  includes: (caller, matter) => hasRole(caller, 'unit') && caller.unit === matter.unit.id,
  assignees: (matter) => [`unit:${matter.unit.id}`],
};

/** Those who answer for an assisting unit, each of them for its own. */
export const theAssistants: Party = {
  name: 'an assisting unit',
  office: false,
  includes: (caller, { assisting = [] }) => hasRole(caller, 'unit') && assisting.some(({ id }) => id === caller.unit),
  assignees: ({ assisting = [] }) => assisting.map(({ id }) => `unit:${id}` as const),
};

/** Those who answer for some units, named one by one. */
export const unitsNamed = (name: string, units: readonly string[]): Party => ({
  name,
  office: false,
  includes: (caller) => hasRole(caller, 'unit') && units.includes(caller.unit),
  assignees: () => units.map((unit) => `unit:${unit}` as const),
});

/** The units that have something to answer for: the one that the matter is about, and those that assist it. */
const unitsOf = ({ unit, assisting = [] }: Involved): string[] => [unit, ...assisting].map(({ id }) => id);

/** Those who sign for a unit that has something to answer for: its heads, and whom they let sign 审签. */
export const theUnitsHeads: Party = {
  name: 'a head of the unit',
  office: false,
  includes: (caller, matter) => hasRole(caller, 'unit-head') && unitsOf(matter).includes(caller.unit),
  assignees: (matter) => unitsOf(matter).map((unit) => `unit-head:${unit}` as const),
};

/** The heads of some units, named one by one. */
export const headsOf = (units: readonly string[]): Party => ({
  name: theUnitsHeads.name,
  office: false,
  includes: (caller) => hasRole(caller, 'unit-head') && units.includes(caller.unit),
  assignees: () => units.map((unit) => `unit-head:${unit}` as const),
});

/** The officials that the matter is about, each for itself. */
export const theSubject: Party = {
  name: 'the subject',
  office: false,
  includes: (caller, matter) => matter.subjects.some((one) => one.id === caller.id),
  assignees: (matter) => matter.subjects.map((one) => `person:${one.id}` as const),
};

/** Whoever is one of these parties. */
export const either = (...parties: readonly Party[]): Party => ({
  name: parties.map((party) => party.name).join(' or '),
  office: parties.every((party) => party.office),
  includes: (caller, matter) => parties.some((party) => party.includes(caller, matter)),
  assignees: (matter) => parties.flatMap((party) => party.assignees(matter)),
});

/** The person who opened the matter, and whom it stood in for. */
export const theOpener: Party = {
  name: 'who opened it',
  office: false,
  includes: (caller, matter) => isOwnAct(matter.openedBy, caller),
  assignees: ({ openedBy: { id, onBehalfOf } }) => [
    `person:${id}`,
    ...(onBehalfOf === undefined ? [] : [`person:${onBehalfOf.id}` as const]),
  ],
};

/** Some persons, each for itself, who act by authority: those whom an organ has appointed. */
export const appointed = (name: string, persons: readonly string[]): Party => ({
  name,
  office: true,
  includes: (caller) => persons.includes(caller.id),
  assignees: () => persons.map((person) => `person:${person}` as const),
});

/** The roles of those who act for an organ by authority. */
const offices = ['supervision', 'party-committee-office', 'discipline', 'organization', 'inspection', 'audit'] as const;

/** The officers of a unit that was named to act by authority. */
export const officersOf = (unit: string): Party => ({
  name: 'the office named',
  office: true,
  includes: (caller) => caller.unit === unit && hasRole(caller, ...offices),
  assignees: () => [`unit:${unit}`],
});

/** Everybody who acts for some organ by authority: who may open what an organ opens. */
export const anOfficer: Party = {
  name: 'the organ',
  office: true,
  includes: (caller) => hasRole(caller, ...offices),
  assignees: () => [],
};

/** The officers of the organ that handles the matter. */
export const theOrgan: Party = {
  name: 'the organ',
  office: true,
  includes: (caller, { organ }) => organ !== undefined && caller.unit === organ.id && hasRole(caller, ...offices),
  assignees: ({ organ }) => (organ === undefined ? [] : [`unit:${organ.id}`]),
};

/** The deciders of one unit. */
export const decidersIn = (unit: string): Party => ({
  name: 'a decider of the organ',
  office: true,
  includes: (caller) => caller.unit === unit && hasRole(caller, 'decider'),
  assignees: () => [`decider:${unit}`],
});

/** The deciders of the organ that handles the matter: it decides in its own name (docs/decisions/0010). */
export const theDeciders: Party = {
  name: 'a decider of the organ',
  office: true,
  includes: (caller, { organ }) => organ !== undefined && caller.unit === organ.id && hasRole(caller, 'decider'),
  assignees: ({ organ }) => (organ === undefined ? [] : [`decider:${organ.id}`]),
};

/** Whether somebody with these roles acts for some organ by authority. */
export const actsForOrgan = (roles: readonly string[]): boolean =>
  roles.some((one) => offices.some((office) => office === one));

/** The roles whose holders answer for the unit they belong to: its liaison, or the officers of an organ. */
const answering: readonly string[] = ['unit', ...offices];

/** Whether somebody with these roles reads and signs for what is sent to the unit; an official of it alone does not. */
export const answersForUnit = (roles: readonly string[]): boolean => roles.some((one) => answering.includes(one));

/** Whether somebody with these roles may read what is sent to the unit and what it owes: its heads too, who act otherwise. */
export const readsForUnit = (roles: readonly string[]): boolean => answersForUnit(roles) || roles.includes('unit-head');

/** Whom gates and to-do lists know: somebody who is signed in, or whom the directory names. */
interface Known {
  readonly id: string;
  readonly unit: string;
  readonly roles: readonly string[];
}

/**
 * What a person goes by in to-do lists: itself, its unit if it answers for it, its unit's heads and deciders if it is one of
 * them, and each of its roles.
 */
export const assigneesOf = ({ id, unit, roles }: Known): Assignee[] => [
  `person:${id}`,
  ...(answersForUnit(roles) && unit !== '' ? [`unit:${unit}` as const] : []),
  ...(['unit-head', 'decider'] as const)
    .filter((one) => roles.includes(one) && unit !== '')
    .map((one): Assignee => `${one}:${unit}`),
  ...roles.map((name): Assignee => `role:${name}`),
];

/** What it goes by in gates and in lists of what may be read: the same, and its unit where it heads it. */
export const readersOf = (known: Known): Assignee[] => {
  const { unit, roles } = known;
  const asHead = readsForUnit(roles) && !answersForUnit(roles) && unit !== '';
  return [...assigneesOf(known), ...(asHead ? [`unit:${unit}` as const] : [])];
};

/** Whether somebody is of a party, or reads for the unit that is. */
export const readsAs = (party: Party, caller: Caller, matter: Involved): boolean => {
  const readers = readersOf(caller);
  return party.includes(caller, matter) || party.assignees(matter).some((one) => readers.includes(one));
};

/** A recipient of a letter. */
interface Recipient {
  readonly kind: 'unit' | 'official';
  readonly id: string;
}

/**
 * Whether a letter to that recipient is the caller's to sign for: a letter to a person only by that person, one to a unit
 * by those who answer for the unit.
 */
export const receives = (caller: Caller, { kind, id }: Recipient): boolean =>
  kind === 'unit' ? id === caller.unit && answersForUnit(caller.roles) : id === caller.id;

/** Whether it is the caller's to read: one to a unit also by its heads. */
export const mayRead = (caller: Caller, { kind, id }: Recipient): boolean =>
  kind === 'unit' ? id === caller.unit && readsForUnit(caller.roles) : id === caller.id;
