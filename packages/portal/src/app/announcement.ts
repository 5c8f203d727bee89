import { useSyncExternalStore } from 'react';

/** What was just done, for a few seconds, for eyes and for screen readers. */
let text = '';
const hearers = new Set<() => void>();

const tell = (): void => {
  for (const hear of hearers) hear();
};

const shownFor = 6000;
let timer: ReturnType<typeof setTimeout> | undefined;

export function say(what: string): void {
  text = what;
  tell();
  clearTimeout(timer);
  timer = setTimeout(() => {
    text = '';
    tell();
  }, shownFor);
}

const hear = (changed: () => void): (() => void) => {
  hearers.add(changed);
  return () => hearers.delete(changed);
};

export const useAnnouncement = (): string => useSyncExternalStore(hear, () => text);
