import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** What a client says, by the step it is at: once connected, at each command, and at the end of the mail (`end`). */
export type Step = 'connect' | 'EHLO' | 'HELO' | 'STARTTLS' | 'MAIL' | 'RCPT' | 'DATA' | 'end' | 'RSET' | 'QUIT';

/**
 * What the server does at a step: it answers with text or bytes (a line end is added), falls silent, hangs up, or begins to
 * answer and hangs up before the line has ended.
 */
export type Doing = { readonly says: string | Uint8Array } | 'silence' | 'hang up' | { readonly beginsToSay: string };

/** How it behaves: where nothing is said of a step all goes well. `takes`: whether it keeps what it got at `end` whatever it answers. */
export interface Manner {
  readonly at?: Partial<Record<Step, Doing>>;
  readonly takes?: boolean;
  /** Before each answer, in milliseconds. */
  readonly slow?: number;
}

export interface TroubleServer {
  readonly port: number;
  /** Can be set at any time. */
  manner: Manner;
  /** The mails it holds, as they came, oldest first. */
  readonly held: string[];
  /** Every line that it was told, but for mails. */
  readonly told: string[];
  readonly close: () => Promise<void>;
}

const well: Readonly<Record<Step, string>> = {
  connect: '220 trouble.example',
  EHLO: '250 trouble.example',
  HELO: '250 trouble.example',
  STARTTLS: '502 no TLS here',
  MAIL: '250 OK',
  RCPT: '250 OK',
  DATA: '354 go on',
  end: '250 taken',
  RSET: '250 OK',
  QUIT: '221 bye',
};
const isStep = (word: string): word is Step => Object.hasOwn(well, word);

/** A mail server that does what real ones do on a bad day. It listens on the loopback. */
export async function startTroubleServer(manner: Manner = {}): Promise<TroubleServer> {
  const sockets = new Set<Socket>();
  const held: string[] = [];
  const told: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    const acts = async (step: Step): Promise<void> => {
      const { at = {}, slow = 0 } = trouble.manner;
      const doing = at[step] ?? { says: well[step] };
      if (slow > 0) await new Promise((resolve) => setTimeout(resolve, slow));
      if (doing === 'silence' || socket.destroyed) return;
      if (doing === 'hang up') socket.end();
      else if ('beginsToSay' in doing) socket.end(doing.beginsToSay);
      else {
        socket.write(doing.says);
        socket.write('\r\n');
        if (step === 'QUIT') socket.end();
      }
    };
    let pending = '';
    let mail: string[] | undefined;
    let turn = acts('connect');
    socket.on('data', (chunk) => {
      const lines = (pending + chunk.toString('latin1')).split('\r\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        if (mail !== undefined && line !== '.') {
          mail.push(line);
          continue;
        }
        const word = mail === undefined ? (line.split(/[ :]/)[0]?.toUpperCase() ?? '') : 'end';
        if (word !== 'end') told.push(line);
        const step = isStep(word) ? word : 'RSET';
        const { at = {}, takes } = trouble.manner;
        if (step === 'end') {
          const doing = at.end ?? { says: well.end };
          const goesWell = typeof doing === 'object' && 'says' in doing && /^2/.test(String(doing.says));
          if (takes ?? goesWell) held.push((mail ?? []).join('\n'));
          mail = undefined;
        } else if (step === 'DATA' && at.DATA === undefined) mail = [];
        turn = turn.then(() => acts(step));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  const trouble: TroubleServer = {
    port: address.port,
    manner,
    held,
    told,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return trouble;
}
