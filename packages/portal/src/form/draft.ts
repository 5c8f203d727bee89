const prefix = 'dandang.draft ';

/** What somebody writes is kept in this window until it is submitted or until they sign out. */
export const draftName = (...of: readonly string[]): string => prefix + of.join(' ');

export function keptDraft(name: string): Record<string, unknown> | undefined {
  const text = sessionStorage.getItem(name);
  if (text === null) return undefined;
  const kept: unknown = JSON.parse(text);
  return typeof kept === 'object' && kept !== null ? { ...kept } : undefined;
}

export function keepDraft(name: string, values: unknown): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(values));
  } catch {
    // A full store loses nothing but this convenience.
  }
}

export const clearDraft = (name: string): void => sessionStorage.removeItem(name);

export function clearDrafts(): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name);
}
