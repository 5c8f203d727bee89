import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ownPortalFolder } from '@dandang/server/served-portal.ts';

const program = join(import.meta.dirname, '../portal/build.ts');

/** The portal of `npm start`: built in a process of its own where its sources are others than of what lies there. */
export interface BuildingPortal {
  readonly folder: string;
  readonly ready: () => boolean;
  /** Resolves when it is built, or cannot be: then what it said stands on the console. */
  readonly done: Promise<boolean>;
}

export function buildingPortal(): BuildingPortal {
  let ready = false;
  const child = spawn(process.execPath, [program, '--if-changed'], { stdio: ['ignore', 'inherit', 'inherit'] });
  const done = new Promise<boolean>((resolve) => {
    child.once('exit', (code) => {
      ready = code === 0;
      resolve(ready);
    });
    child.once('error', () => resolve(false));
  });
  return { folder: ownPortalFolder, ready: () => ready, done };
}
