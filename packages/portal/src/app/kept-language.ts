import type { Language } from '../words/language.ts';

const name = 'dandang.language';

/** The language that somebody chose on this machine; Chinese where nobody has. */
export const keptLanguage = (): Language => (localStorage.getItem(name) === 'en' ? 'en' : 'zh-CN');

export const keepLanguage = (language: Language): void => localStorage.setItem(name, language);
