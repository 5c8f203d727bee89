/** dynalite ships no types; these are the options of its readme that we use. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface Options {
    /** Folder of the LevelDB files; in memory when absent. */
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }

  /** A server that does not listen yet. Closing it also closes its database. */
  export default function dynalite(options?: Options): Server;
}
