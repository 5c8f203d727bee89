import { useEffect, useEffectEvent } from 'react';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role=dialog],dialog') !== null);

/** Moves the focus along the rows of the page, which are links: Enter then opens what it is on. */
function move(by: number): void {
  const rows = [...document.querySelectorAll<HTMLAnchorElement>('a[data-row]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
}

/** `/` find, `j` `k` rows, `g d` desk, `?` help; Enter is the browser's own. */
export function useShortcuts(go: { readonly help: () => void; readonly desk: () => void }): void {
  const help = useEffectEvent(go.help);
  const desk = useEffectEvent(go.desk);
  useEffect(() => {
    let before = '';
    const heard = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const { key } = event;
      if (key === '/') {
        const search = document.querySelector<HTMLInputElement>('input[type=search]');
        if (search === null) return;
        event.preventDefault();
        search.focus();
      } else if (key === 'j') move(1);
      else if (key === 'k') move(-1);
      else if (key === '?') help();
      else if (key === 'd' && before === 'g') desk();
      before = key;
    };
    document.addEventListener('keydown', heard);
    return () => document.removeEventListener('keydown', heard);
  }, []);
}
