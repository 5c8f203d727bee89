import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../words/language.ts';

/** The page's h1. It takes the focus when the page is come to, so that a screen reader says where one is. */
export function PageTitle({ children, title }: { readonly children: ReactNode; readonly title?: string }) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const text = title ?? (typeof children === 'string' ? children : '');
  useEffect(() => {
    document.title = text === '' ? words.brand : `${text} · ${words.brand}`;
    heading.current?.focus({ preventScroll: true });
  }, [text, words]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
