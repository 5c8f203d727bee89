import type { IncomingMessage, ServerResponse } from 'node:http';

/** A body has more bytes than are taken. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Whoever sends a body and then nothing for so long has gone, in milliseconds. */
const stalledAfter = 30_000;

const waitsForWord = ({ headers }: IncomingMessage): boolean => headers.expect?.toLowerCase() === '100-continue';

/**
 * The parts of a body as they come, `most` bytes at the most. Throws TooLarge before anything is read where the head says so
 * already, else where it has become too much; what is not read then is for `answerUnread`.
 */
export async function* partsOf(
  request: IncomingMessage,
  response: ServerResponse,
  most: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw new TooLarge();
  if (waitsForWord(request)) response.writeContinue();
  request.socket.setTimeout(stalledAfter);
  let size = 0;
  try {
    for await (const part of request.iterator({ destroyOnReturn: false })) {
      if (!(part instanceof Uint8Array)) continue;
      size += part.length;
      if (size > most) throw new TooLarge();
      yield part;
    }
  } finally {
    request.socket.setTimeout(0);
  }
}

/** A request's whole body. Throws TooLarge. */
export async function bodyOf(request: IncomingMessage, response: ServerResponse, most: number): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(partsOf(request, response, most)));
}

/** Whether something of the body has not been read. */
export const isUnread = ({ complete, readableEnded, headers }: IncomingMessage): boolean =>
  !(complete && readableEnded) &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

/** How long what nobody wants to read is still taken off the line, in milliseconds. */
const lingers = 2000;

/**
 * Ends an answer, whose head is set with its length, before the request's body was read. The connection serves nothing after it. What is still
 * on its way is thrown away for a moment: to close at once would take the answer from whoever is still sending (RFC 9112, 9.6).
 */
export function answerUnread(request: IncomingMessage, response: ServerResponse, body: string | Buffer): void {
  response.setHeader('connection', 'close');
  if (waitsForWord(request)) {
    response.end(body);
    return;
  }
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingers);
  request.once('end', end).once('close', end).resume();
}
