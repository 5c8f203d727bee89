import type { Instant } from '@dandang/calendar/civil-date.ts';
import { whatFor } from './because.ts';
import type { ErrorCode, WarnCode } from './log-codes.ts';

/** Identifiers only: never names, addresses, texts or bodies. */
export type LogIds = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Logs are messages with a code, one for each thing that can be worth knowing, with identifiers beside it. Who hears of a
 * warning or an error is said in `log-codes.ts`.
 */
export interface Log {
  readonly info: (code: string, ids?: LogIds) => void;
  readonly warn: (code: WarnCode, ids?: LogIds) => void;
  /** An error is named and located, but its message is left out: it may quote what somebody wrote. */
  readonly error: (code: ErrorCode, ids: LogIds, error: unknown) => void;
}

const located = (error: unknown): Record<string, string> => {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    errorName: error.name,
    at: frames
      .slice(0, 8)
      .map((line) => line.trim())
      .join(' | '),
  };
};

/**
 * Structured logs of one function: one line of JSON for each message, on standard output, where CloudWatch takes it as it
 * is (docs/decisions/0011), with what the work at hand was begun by. `console` would put a prefix before it there.
 */
export function structuredLog(
  service: string,
  now: () => Instant,
  print = (line: string): unknown => process.stdout.write(line),
): Log {
  const line = (level: string, message: string, ids: LogIds): void => {
    print(`${JSON.stringify({ level, message, timestamp: now(), service, ...whatFor(), ...ids })}\n`);
  };
  return {
    info: (code, ids = {}) => line('INFO', code, ids),
    warn: (code, ids = {}) => line('WARN', code, ids),
    error: (code, ids, error) => line('ERROR', code, { ...ids, ...located(error) }),
  };
}
