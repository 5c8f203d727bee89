import { createContext, useContext } from 'react';
import type { Client } from '../api/client.ts';
import type { Language } from '../words/language.ts';
import type { PortalConfig, SignedIn } from './sign-in.ts';

/** Who works here, with what, for as long as the page is open. */
export interface Session {
  readonly config: PortalConfig;
  readonly person: Pick<SignedIn, 'id' | 'name' | 'signOut'>;
  readonly client: Client;
  readonly setLanguage: (language: Language) => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('nobody is signed in here');
  return session;
}
