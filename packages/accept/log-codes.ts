/**
 * Who hears of a line in the log.
 * - `own`: the alarm of the function that logs it: what it answers is an error, though it did not crash.
 * - `fails`: the same alarm; the function ends with an error, which Lambda counts.
 * - `dead-letters`: the alarm of the function's dead letters, once the same event has failed for an hour.
 * - `owed`: the same alarm, at once: what the function owes to a file is not put there. `reaction-refused` rings it too where
 *   its reason is `newer-release`. Where a request comes upon it, the bus function does again from the announcement.
 * - `one-machine`: nobody on AWS, where it cannot happen; `GET /api/health` of one machine.
 * - `counted`: nobody at once; it is counted on the dashboard, because something else heals or tells it, as `why` says.
 * - any other word: the alarm of that name, wherever it is logged (docs/runbook.md).
 */
export type Ringing =
  | 'own'
  | 'fails'
  | 'dead-letters'
  | 'owed'
  | 'one-machine'
  | 'counted'
  | 'commit-tampered'
  | 'deliveries-failed'
  | 'mails-not-leaving'
  | 'receipts-missing'
  | 'consequences-missing'
  | 'calendar-missing';

interface LogCode {
  readonly level: 'warn' | 'error';
  readonly rings: Ringing;
  /** Where it rings nobody: why nobody has to come. */
  readonly why?: string;
}

/** Every code that is logged as a warning or an error, and who hears of it. What is not here cannot be logged. */
export const logCodes = {
  'http-failed': { level: 'error', rings: 'own' },
  'health-unreadable': { level: 'error', rings: 'own' },
  'attachment-lost': { level: 'warn', rings: 'own' },
  'schedule-failed': { level: 'error', rings: 'fails' },
  'bus-event-failed': { level: 'error', rings: 'dead-letters' },
  'commit-tampered': { level: 'error', rings: 'commit-tampered' },
  'copy-conflict': { level: 'error', rings: 'commit-tampered' },
  'delivery-failed': { level: 'warn', rings: 'deliveries-failed' },
  'delivery-bounced': { level: 'warn', rings: 'deliveries-failed' },
  'mail-waits': { level: 'warn', rings: 'mails-not-leaving' },
  'sender-refused': { level: 'warn', rings: 'mails-not-leaving' },
  'send-without-address': { level: 'warn', rings: 'deliveries-failed' },
  'send-newer-release': { level: 'warn', rings: 'deliveries-failed' },
  'effect-newer-release': { level: 'warn', rings: 'owed' },
  'reconcile-rang-again': { level: 'warn', rings: 'receipts-missing' },
  'reconcile-announced-again': { level: 'warn', rings: 'consequences-missing' },
  'calendar-missing': { level: 'warn', rings: 'calendar-missing' },
  'consequence-missing': {
    level: 'warn',
    rings: 'counted',
    why: 'It names one thing that reconcile-announced-again counts, which rings.',
  },
  'chase-unreadable': {
    level: 'error',
    rings: 'counted',
    why: 'The file cannot be folded: its view is a dead letter, or it is set aside, and verify names it.',
  },
  'consequence-not-compared': {
    level: 'error',
    rings: 'counted',
    why: 'The file cannot be folded: its view is a dead letter, or it is set aside, and verify names it.',
  },
  'message-failed': { level: 'error', rings: 'counted', why: 'It is tried again, and then it is a dead letter.' },
  'ring-failed': { level: 'error', rings: 'counted', why: 'It goes to the retry queue, and then it is a dead letter.' },
  'effects-failed': { level: 'error', rings: 'counted', why: 'The bus function does it again from the announcement.' },
  'attachment-use-failed': {
    level: 'error',
    rings: 'counted',
    why: 'The bus function notes it again from the announcement.',
  },
  'reaction-refused': {
    level: 'warn',
    rings: 'counted',
    why: 'The matter has moved on; what a newer release wrote rings as owed.',
  },
  'todo-mail-beyond-calendar': { level: 'warn', rings: 'counted', why: 'calendar-missing rings for its cause.' },
  'todo-mail-without-address': {
    level: 'warn',
    rings: 'counted',
    why: 'The to-do is in the list of the person all the same; the directory lacks the address.',
  },
  'announcements-not-kept': { level: 'error', rings: 'one-machine' },
  'file-set-aside': { level: 'error', rings: 'one-machine' },
  'tick-failed': { level: 'error', rings: 'one-machine' },
  'set-aside-not-taken-up': { level: 'error', rings: 'one-machine' },
  'requeue-failed': { level: 'error', rings: 'one-machine' },
  'file-damaged': { level: 'error', rings: 'one-machine' },
  'pages-damaged': { level: 'error', rings: 'one-machine' },
  'damage-search-failed': { level: 'error', rings: 'one-machine' },
  'disk-full': { level: 'warn', rings: 'one-machine' },
  'data-on-network-disk': { level: 'warn', rings: 'one-machine' },
  'clock-went-back': { level: 'warn', rings: 'one-machine' },
} as const satisfies Readonly<Record<string, LogCode>>;

type Codes = typeof logCodes;
type OfLevel<L extends LogCode['level']> = {
  [C in keyof Codes]: Codes[C]['level'] extends L ? C : never;
}[keyof Codes];

/** What may be logged as a warning. */
export type WarnCode = OfLevel<'warn'>;
/** What may be logged as an error. */
export type ErrorCode = OfLevel<'error'>;

/** The codes that ring this alarm. */
export const codesRinging = (alarm: Ringing): readonly string[] =>
  Object.entries(logCodes).flatMap(([code, { rings }]) => (rings === alarm ? [code] : []));
