import { portalFunction } from '../../functions/portal/answer.ts';
import { type BuiltPortal, builtPortal } from '../../functions/portal/built-portal.ts';
import { type PortalConfig, portalLanguages } from '../../functions/portal/portal-config.ts';
import type { HttpFunction } from '@dandang/lambda/http.ts';

/** The portal of a service on one machine. */
export interface ServedPortal {
  /** Where it was built into. */
  readonly folder: string;
  /** False while it is being built; true where it is absent. */
  readonly ready?: () => boolean;
  /** What the page must know, by the address that people are at. */
  readonly config: (url: string) => Omit<PortalConfig, 'languages'>;
}

/** Where `npm run build` puts it. */
export const ownPortalFolder = new URL('../../dist/portal/', import.meta.url).pathname;

/** Whether there is a portal in the folder. */
export const isBuilt = async (folder: string): Promise<boolean> => (await builtPortal(folder)) !== undefined;

/** Serves what was built, read once it is there. */
export function servedPortal({ folder, ready = () => true, config }: ServedPortal, url: () => string): HttpFunction {
  let read: Promise<BuiltPortal | undefined> | undefined;
  return portalFunction({
    built: () => {
      if (!ready()) return Promise.resolve(undefined);
      read ??= builtPortal(folder);
      return read;
    },
    places: () => ({ config: { ...config(url()), languages: portalLanguages } }),
  });
}
