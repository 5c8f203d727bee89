import type { Term, term } from '@dandang/calendar/term.ts';
import * as z from 'zod/mini';
import type { Procedure, ProcedureOffice } from './procedure.ts';
import type { Purpose } from './purposes.ts';
import { type SettingChanges, settingChanges, type SettingKey, settingKeys, type SettingValues } from './settings.ts';

/**
 * Where a value comes from: the city's published article, the rule's own text, a law, or the office that runs this
 * deployment. `reference` names the place in it.
 */
export interface Source {
  readonly kind: 'article' | 'instrument' | 'law' | 'deployment';
  readonly reference: string;
}

/** A circumstance 情形. One that is known to exist but whose text is unknown has no name. */
export interface Circumstance {
  readonly id: string;
  readonly name?: string;
  readonly source: Source;
}

/** Something that a policy lists by name. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly source: Source;
}

/** A document that a city's measure rests on: its full title, as the article names it, without its brackets 《》. */
export interface Instrument {
  readonly name: string;
  readonly source: Source;
}

/** A kind of reward. */
export interface RewardKind extends Named {
  /** Whether the city's own organs grant it (also where it is not said) or a body above them, and who says so. */
  readonly grantedBy?: 'here' | 'above';
  readonly grantedBySource?: Source;
  /** A timely reward 及时奖励, to which a policy's exclusion of main duties applies. An edition that marks none means all. */
  readonly timely?: true;
}

/** What a decision on tolerance means for some purposes, in the source's words. */
export interface ToleranceEffect {
  readonly outcome: 'exempt' | 'mitigate';
  readonly purposes: readonly Purpose[];
  /** Only where the assessment found this circumstance; everywhere without it. */
  readonly circumstance?: string | undefined;
  readonly text: string;
  /** The source names units beside persons: it holds for the unit's own standing too. */
  readonly units?: true | undefined;
  /** Whom the clause is about, where the source says that it is not everybody. */
  readonly subject?: string;
  readonly source: Source;
}

/** A penalty whose period the law or the Party's rules give. First editions know one scale, in the order of their list. */
export interface Handling extends Named {
  readonly period: Term;
  /** Penalties of two scales 政务处分、党纪处分 are not compared. */
  readonly scale?: 'administrative' | 'party';
  /** Its place on the scale: the higher, the heavier. */
  readonly weight?: number;
  /** What its period bars; everything where an edition does not say. */
  readonly purposes?: readonly Purpose[];
}

/**
 * A value that a deployment may or must set. `null` is unset: the source gives no value; the software then asks the
 * clerk or refuses, and never makes one up.
 */
export interface Setting<T> {
  readonly name: string;
  readonly value: T;
  readonly source: Source;
}

/** A setting as it is in force. It is called what `setting-titles.ts` says, where the article has no name for it. */
export type SettingInForce<T> = Omit<Setting<T>, 'name'> & { readonly name?: string };

/** What is settled of a part of the procedure; `null` where the article leaves it open and the deployment has not said. */
type Settled<T> = Setting<NonNullable<T> | null>;

/** How interviews proceed, each value with its source. What is open means what `procedureOf` makes of it. */
export interface PolicyProcedure {
  readonly consent: Settled<Procedure['consent']>;
  readonly plans: Settled<Procedure['plans']>;
  readonly concur: Settled<readonly ProcedureOffice[]>;
  readonly throughout: Settled<readonly ProcedureOffice[]>;
  readonly lead: Settled<Procedure['lead']>;
  readonly records: Settled<Procedure['records']>;
  readonly reviews: {
    /** A unit of the directory. Where the article names the office, the setting `interview.reviewOffice` says which unit it is. */
    readonly office: Settled<string>;
    readonly together: Settled<boolean>;
  };
}

/** One city's rules as data, in one edition. */
export interface Policy {
  readonly id: string;
  readonly edition: string;
  readonly name: string;
  readonly source: Source;
  readonly settings: { readonly [K in SettingKey]: SettingInForce<SettingValues[K]> };
  /** The instruments that letters begin with (根据《…》), by the kind of the measure; a letter of any other names none. */
  readonly instruments: Readonly<Partial<Record<string, Instrument>>>;
  readonly reminder: {
    readonly circumstances: readonly Circumstance[];
    /** How long after its receipt by whoever disputes a conclusion may be disputed. */
    readonly disputeWithin: Setting<z.infer<typeof term>>;
  };
  readonly interview: {
    readonly circumstances: readonly Circumstance[];
    /** The term of the rectification plan, from the day of the interview. */
    readonly planWithin: Setting<z.infer<typeof term> | null>;
    /** A 约谈备忘录 is formed after the interview, instead of a record. */
    readonly memorandum: boolean;
    /** What follows where rectification is passive or fails, in the source's words: printed on the review that finds so. */
    readonly onFailure?: { readonly name: string; readonly source: Source };
    readonly disputeWithin: Setting<z.infer<typeof term>>;
    readonly procedure: PolicyProcedure;
    /** What the count of interviews within one year proposes: from which count, to which consequence. */
    readonly ladder: readonly {
      readonly from: number;
      readonly proposal: 'circulate' | 'admonition' | 'organizational-handling';
      readonly name: string;
      readonly source: Source;
    }[];
  };
  readonly tolerance: {
    readonly circumstances: readonly Circumstance[];
    /** What is weighed together 综合研判; every one of them is assessed. */
    readonly factors: readonly Named[];
    /** Who gets a copy of the decision: `unit` is the unit concerned, every other id names a unit of the directory. */
    readonly copies: readonly Named[];
    readonly effects: readonly ToleranceEffect[];
    /** What a risk filing is worth, where the article says so: printed on what accepts one. */
    readonly filings?: Named;
    /** What the article lays down without a number or a list: lines to be kept in mind when deciding. */
    readonly principles: readonly Named[];
    /** Penalties whose period the law itself gives, from the day of the decision. */
    readonly handlings: readonly Handling[];
  };
  readonly reward: {
    readonly kinds: readonly RewardKind[];
    /** The law's grounds on which a reward is revoked. */
    readonly revocationGrounds: readonly Named[];
    /** A department's own main duty 主责主业 is in principle no project for a reward. */
    readonly mainDutyExcluded?: Named;
    readonly principles: readonly Named[];
  };
}

/** Which rules a matter was opened under; a running matter keeps them. */
export const policyRef = z.object({ id: z.string(), edition: z.string() });
export type PolicyRef = z.infer<typeof policyRef>;

/** What the file `settings/<policy>` is made of: one event a change. */
/** Unlike what is sent, what is stored may have settings that a newer release added. */
export const settingsChanged = z.object({ type: z.literal('SettingsChanged'), data: z.object(settingChanges.shape) });

/**
 * The policy with a deployment's settings applied, oldest change first. Every change makes an edition:
 * `2023-03-28` as published, `2023-03-28+1` after the first change, and so on.
 */
export function applySettings(base: Policy, changes: readonly SettingChanges[]): Policy {
  if (changes.length === 0) return base;
  const settings = { ...base.settings };
  for (const key of settingKeys) change(settings, key, changes);
  const texts = textsIn(changes);
  const named = (circumstances: readonly Circumstance[]): readonly Circumstance[] =>
    circumstances.map((one) => {
      const name = one.name ?? texts?.[one.id];
      return name === undefined || one.name !== undefined ? one : { id: one.id, name, source: deploymentsOwn };
    });
  return {
    ...base,
    edition: `${base.edition}+${changes.length}`,
    reminder: {
      ...base.reminder,
      circumstances: behind(named(base.reminder.circumstances), settings['reminder.circumstances'].value),
    },
    interview: {
      ...base.interview,
      circumstances: behind(named(base.interview.circumstances), settings['interview.circumstances'].value),
      procedure: completed(base.interview.procedure, settings),
    },
    tolerance: {
      ...base.tolerance,
      circumstances: behind(named(base.tolerance.circumstances), settings['tolerance.circumstances'].value),
      factors: behind(base.tolerance.factors, settings['tolerance.factors'].value),
      copies: behind(base.tolerance.copies, settings['tolerance.copies'].value),
      effects: [
        ...base.tolerance.effects,
        ...(settings['tolerance.effects'].value ?? []).map(({ reference, ...effect }) => ({
          ...effect,
          source: by(reference),
        })),
      ],
    },
    reward: {
      ...base.reward,
      kinds: base.reward.kinds.map((kind) => grantedAsSet(kind, settings['reward.grantedBy'])),
    },
    settings: { ...settings, 'circumstance.texts': { ...settings['circumstance.texts'], value: texts } },
  };
}

/** A kind of reward as the deployment says who grants it. */
function grantedAsSet(
  kind: RewardKind,
  { value, source }: SettingInForce<SettingValues['reward.grantedBy']>,
): RewardKind {
  const grantedBy = value === null || !Object.hasOwn(value, kind.id) ? undefined : value[kind.id];
  return grantedBy === undefined ? kind : { ...kind, grantedBy, grantedBySource: source };
}

/** Applies the changes of one setting, oldest first: `null` takes it back to what the policy itself says. */
function change<K extends SettingKey>(
  settings: { [P in K]: SettingInForce<SettingValues[P]> },
  key: K,
  changes: readonly { readonly [P in K]?: SettingValues[P] | undefined }[],
): void {
  const unset = settings[key];
  for (const one of changes) {
    const value: SettingValues[K] | undefined = one[key];
    if (value === null) settings[key] = unset;
    else if (value !== undefined) settings[key] = { ...unset, value, source: deploymentsOwn };
  }
}

/** Whether the article leaves it open: then the deployment may say it. */
export const isOpen = ({ source }: Setting<unknown>): boolean => source.kind === 'deployment';

/** The procedure with what the deployment says of it, wherever the article leaves it open. */
function completed(base: PolicyProcedure, settings: Policy['settings']): PolicyProcedure {
  const own = settings['interview.procedure'].value ?? {};
  const filled = <T>(one: Settled<T>, value: NonNullable<T> | null | undefined): Settled<T> =>
    value === undefined || value === null || !isOpen(one) ? one : { name: one.name, value, source: deploymentsOwn };
  const { office, together } = base.reviews;
  const unit = (isOpen(office) ? own.reviews?.office : undefined) ?? settings['interview.reviewOffice'].value;
  return {
    consent: filled(base.consent, own.consent),
    plans: filled(base.plans, own.plans),
    concur: filled(base.concur, own.concur),
    throughout: filled(base.throughout, own.throughout),
    lead: filled(base.lead, own.lead),
    records: filled(base.records, own.records),
    reviews: {
      office: unit === null ? office : { name: office.name, value: unit, source: deploymentsOwn },
      together: filled(together, own.reviews?.together),
    },
  };
}

const by = (reference: string): Source => ({ kind: 'deployment', reference });
const deploymentsOwn = by('本部署设置');

/**
 * The article's list with the deployment's own entries behind it. Where a later edition of the article has an id that the
 * deployment had added, the article's entry stands.
 */
const behind = <T extends { readonly id: string }>(
  published: readonly T[],
  own: readonly { readonly id: string; readonly name: string; readonly reference: string }[] | null,
): (T | Named)[] => [
  ...published,
  ...(own ?? [])
    .filter(({ id }) => published.every((one) => one.id !== id))
    .map(({ id, name, reference }) => ({ id, name, source: by(reference) })),
];

/** The texts that a deployment has filled in: a later change adds to an earlier one, `null` takes all of them back. */
const textsIn = (changes: readonly SettingChanges[]): Record<string, string> | null =>
  changes.reduce<Record<string, string> | null>((texts, { 'circumstance.texts': more }) => {
    if (more === undefined) return texts;
    return more === null ? null : { ...texts, ...more };
  }, null);

/** The circumstances of a policy that are known to exist and whose text is unknown. */
export const namelessCircumstances = ({ reminder, interview, tolerance }: Policy): string[] =>
  [reminder, interview, tolerance].flatMap(({ circumstances }) =>
    circumstances.filter((one) => one.name === undefined).map((one) => one.id),
  );

/** How many changes of settings an edition contains: 0 for `2023-03-28`, 2 for `2023-03-28+2`. */
export const changesIn = (edition: string): number => Number(/\+(\d+)$/.exec(edition)?.[1] ?? 0);
