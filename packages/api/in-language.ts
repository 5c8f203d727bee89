import * as z from 'zod/mini';

/** The languages that the service knows; Chinese where another or none is asked for. */
export type Language = 'zh' | 'en';

/** What `Accept-Language` asks for, by its first word. */
export const languageOf = (acceptLanguage: string | undefined): Language =>
  /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'zh';

/** As `Content-Language` calls it. */
export const languageTag = { zh: 'zh-CN', en: 'en' } as const satisfies Record<Language, string>;

const word = z.strictObject({ zh: z.string(), en: z.string() });

/** A document in one language: each `{zh, en}` of it becomes its text. */
export function inLanguage(document: unknown, language: Language): unknown {
  if (typeof document !== 'object' || document === null) return document;
  if (Array.isArray(document)) return document.map((one) => inLanguage(one, language));
  const said = word.safeParse(document);
  if (said.success) return said.data[language];
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, inLanguage(value, language)]));
}
