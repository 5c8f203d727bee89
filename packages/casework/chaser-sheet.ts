import type { Gate } from '@dandang/access/gate.ts';
import { type CivilDate, formatChinese } from '@dandang/calendar/civil-date.ts';
import { sentence } from '@dandang/letters/finished.ts';
import type { Block, LetterContent } from '@dandang/letters/letter.ts';
import { ordinal } from '@dandang/letters/ordinal.ts';
import type { Policy } from '@dandang/policy/policy.ts';
import * as z from 'zod/mini';
import type { ChaseLine } from './chase-line.ts';
import type { Commit } from './commit.ts';
import { handlerOf } from './delivery-head.ts';
import { eventReader } from './event-reader.ts';
import { derivedId } from './id.ts';
import type { Unit } from './directory.ts';
import { comrade, contactLine, type IssuedLetter, issuedLetter, issueLetter, type Recipient } from './letter-issue.ts';
import { unitRef } from './matter.ts';
import { speaking } from './wording.ts';
import { commonWording } from './common-wording.ts';

/*
 * The chaser sheet 催办单 (docs/decisions/0018): what a unit or a person owes to one handling office, on one paper a working day. It is
 * a file of that office, written whole by its first commit; the matters on it note it on their own files.
 */

const item = z.object({
  matter: z.object({ kind: z.string(), collection: z.string(), id: z.string() }),
  deadline: z.string(),
  /** It carries what was urged by hand. */
  urged: z.optional(z.literal(true)),
});

/** The one event of the file `chaser/<id>`. `handledBy` as in a delivery; `confidential` names the measure whose sheet it is. */
export const chaserIssued = z.object({
  type: z.literal('ChaserIssued'),
  data: z.object({
    office: unitRef,
    handledBy: z.string(),
    recipient: z.object({ kind: z.enum(['unit', 'official']), id: z.string(), name: z.string() }),
    on: z.string(),
    confidential: z.optional(z.string()),
    /** Whom its matters are about, where an office of theirs shows them their own part. */
    parties: z.optional(z.readonly(z.array(z.string()))),
    items: z.readonly(z.array(item)),
    letter: issuedLetter,
  }),
});
export type ChaserIssued = z.infer<typeof chaserIssued>;
export const chaserEvents = eventReader(chaserIssued);

/** One sheet, as it was issued. */
export interface ChaserSheet extends Readonly<ChaserIssued['data']> {
  readonly id: string;
}

/** The sheet of a file; undefined where there is none, or where a newer release wrote it. */
export function foldChaser(id: string, file: readonly Commit[]): ChaserSheet | undefined {
  const [issued] = chaserEvents.all(file);
  return issued === undefined ? undefined : { id, ...issued.data };
}

/** Whose sheet it is: at most one of each exists. */
export interface SheetOf {
  /** The id of the unit that handles what is on it. */
  readonly office: string;
  readonly recipient: Pick<Recipient, 'kind' | 'id'>;
  readonly on: CivilDate;
  /** The kind of a confidential measure, which has sheets of its own. */
  readonly confidential?: string | undefined;
}

/** The id follows from whose sheet it is: a sweep that runs twice finds the one that is there. */
export const chaserId = ({ office, recipient, on, confidential = '' }: SheetOf): string =>
  derivedId('chaser', office, recipient.kind, recipient.id, on, confidential);

/** Who may know of a sheet: the office, and the recipient its own. */
export const chaserGate = ({ office, handledBy, recipient, parties }: ChaserSheet): Gate => ({
  file: [handlerOf({ handledBy }) ?? `unit:${office.id}`],
  own: [recipient.kind === 'unit' ? `unit:${recipient.id}` : `person:${recipient.id}`],
  parties,
});

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

/** The lines of one part of the sheet, each with what was urged by hand. */
const numbered = (lines: readonly ChaseLine[]): Block[] =>
  lines.flatMap(({ text, urged }, index) => [
    paragraph(`${ordinal(3, index + 1)} ${sentence(text)}`),
    ...(urged?.message === undefined ? [] : [paragraph(sentence(urged.message))]),
  ]);

/** What is printed: what is overdue, then what is pressed for before its day, and what follows. A sheet has no 版头. */
function printed({ officeName, to, on, policy, contact, lines }: SheetToIssue): LetterContent {
  const say = speaking(commonWording, 'chaser-sheet', policy);
  const overdue = lines.filter((one) => one.overdue);
  const pressed = lines.filter((one) => !one.overdue);
  const marking = policy.settings['letter.marking'].value;
  return {
    layout: 'sheet',
    issuer: officeName,
    title: say('title'),
    addressees: [to.kind === 'official' ? comrade(to.name) : to.name],
    body: [
      ...(overdue.length === 0 ? [] : [paragraph(say('overdue', { date: formatChinese(on) })), ...numbered(overdue)]),
      ...(pressed.length === 0 ? [] : [paragraph(say('pressed')), ...numbered(pressed)]),
      ...(overdue.length === 0 ? [] : [paragraph(say('follows', { office: officeName }))]),
    ],
    attachments: [],
    signatories: [officeName],
    date: on,
    copies: [],
    sealed: true,
    ...(contact === undefined ? {} : { note: contactLine(contact, policy) }),
    ...(marking === null ? {} : { marking }),
  };
}

/** What a sheet is made of. */
export interface SheetToIssue extends SheetOf {
  readonly officeName: string;
  readonly handledBy: string;
  readonly to: Recipient;
  /** Whom to ask at the office. */
  readonly contact: Unit['contact'];
  readonly policy: Pick<Policy, 'settings'>;
  readonly lines: readonly ChaseLine[];
}

/** Issues a sheet with its letter; its delivery follows from it. */
export function issueSheet(sheet: SheetToIssue): ChaserIssued {
  const { office, officeName, handledBy, to, on, confidential, lines } = sheet;
  const phone = sheet.contact === undefined ? {} : { phone: sheet.contact.phone };
  const written = { type: 'chaser-sheet', typeName: '催办单', content: printed(sheet), ...phone };
  const letter: IssuedLetter = issueLetter(`chaser/${chaserId(sheet)}`, 'sheet', written, [
    { recipient: to, as: 'notice' },
  ]);
  const parties = [...new Set(lines.flatMap((line) => line.parties))];
  return {
    type: 'ChaserIssued',
    data: {
      office: { id: office, name: officeName },
      handledBy,
      recipient: { kind: to.kind, id: to.id, name: to.name },
      on,
      ...(confidential === undefined ? {} : { confidential }),
      ...(parties.length === 0 ? {} : { parties }),
      items: lines.map(({ matter, deadline, urged }) => ({
        matter,
        deadline,
        ...(urged === undefined ? {} : { urged: true }),
      })),
      letter,
    },
  };
}
