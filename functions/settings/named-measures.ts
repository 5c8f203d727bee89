import { inLanguage, type Language, languageTag } from '@dandang/api/in-language.ts';
import type { ApiAnswer } from '@dandang/api/route.ts';
import * as z from 'zod/mini';

const named = z.object({ name: z.string(), title: z.string() });
const command = z.object({
  ...named.shape,
  tone: z.enum(['primary', 'normal', 'danger']),
  consequence: z.optional(z.string()),
  signed: z.optional(z.literal(true)),
  form: z.array(z.looseObject({ path: z.string(), label: z.string(), widget: z.string(), required: z.boolean() })),
});

/** The form of the answer, for the OpenAPI document and for tests. */
export const measuresAnswer = z.object({
  items: z.array(
    z.object({
      collection: z.string(),
      kind: z.string(),
      title: z.string(),
      about: z.string(),
      opening: command,
      states: z.array(z.object({ ...named.shape, final: z.boolean() })),
      edges: z.array(z.object({ from: z.string(), command: z.optional(z.string()), to: z.string() })),
      commands: z.array(command),
      deadlines: z.array(named),
      documents: z.array(named),
      events: z.array(named),
    }),
  ),
  common: z.object({ deliveryStates: z.array(named), as: z.array(named), lights: z.array(named) }),
});

/**
 * The measures of a release in a language: made when they are first asked for. Whoever keeps the answer has
 * to ask whether it still holds, and a browser may keep it.
 */
export function measuresIn(document: unknown): (language: Language) => ApiAnswer {
  const made = new Map<Language, ApiAnswer>();
  return (language) => {
    const known = made.get(language);
    if (known !== undefined) return known;
    const body = inLanguage(document, language);
    const headers = {
      'cache-control': 'private, no-cache',
      'content-language': languageTag[language],
      vary: 'accept-language',
    };
    const answer: ApiAnswer = { status: 200, headers, body };
    made.set(language, answer);
    return answer;
  };
}
