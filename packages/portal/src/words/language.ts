import { createContext, useContext } from 'react';
import { en } from './en.ts';
import { type Words, zh } from './zh-CN.ts';

export type Language = 'zh-CN' | 'en';

export const wordsIn: Readonly<Record<Language, Words>> = { 'zh-CN': zh, en };

export const LanguageContext = createContext<Language>('zh-CN');

export const useLanguage = (): Language => useContext(LanguageContext);
export const useWords = (): Words => wordsIn[useLanguage()];

/** A sentence with its gaps `{name}` filled. */
export const filled = (text: string, gaps: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (gap, name: string) => String(gaps[name] ?? gap));
