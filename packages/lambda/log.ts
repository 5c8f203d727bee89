import { Logger } from '@aws-lambda-powertools/logger';

/** Identifiers only: never names, addresses, texts or bodies. */
export type LogIds = Readonly<Record<string, string | number | boolean | undefined>>;

/** Logs are messages with a code, one for each thing that can be worth knowing, with identifiers beside it. */
export interface Log {
  readonly info: (code: string, ids?: LogIds) => void;
  readonly warn: (code: string, ids?: LogIds) => void;
  /** An error is named and located, but its message is left out: it may quote what somebody wrote. */
  readonly error: (code: string, ids: LogIds, error: unknown) => void;
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

/** Structured logs of one function, one JSON object a line. */
export function structuredLog(functionName: string): Log {
  // Made when there is something to say: most first answers have nothing.
  let made: Logger | undefined;
  const logger = (): Logger => (made ??= new Logger({ serviceName: functionName }));
  return {
    info: (code, ids = {}) => logger().info(code, { ...ids }),
    warn: (code, ids = {}) => logger().warn(code, { ...ids }),
    error: (code, ids, error) => logger().error(code, { ...ids, ...located(error) }),
  };
}
