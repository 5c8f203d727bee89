import * as z from 'zod/mini';
import type { Answer } from '../api-client.ts';

const width = 22;

export const say = (line: string): void => console.log(`    ${line}`);

/** Shows the steps of one story: each call of `begin` the next of its titles, numbered on from the stories before. */
type Chapter = (titles: readonly string[], tell: (begin: () => void) => Promise<void>) => Promise<void>;

/** Numbers the steps of every story through. A story that has other steps than it declares fails. */
export function numberedSteps(total: number): Chapter {
  let number = 0;
  return async (titles, tell) => {
    const left = [...titles];
    await tell(() => {
      const title = left.shift();
      if (title === undefined) throw new Error('the story begins more steps than it declares');
      number += 1;
      const done = Math.round((number / total) * width);
      console.log(`\n[${'█'.repeat(done)}${'░'.repeat(width - done)}] ${number}/${total}  ${title}`);
    });
    if (left.length > 0) throw new Error(`the story never came to: ${left.join(', ')}`);
  };
}

/** The parsed body of an answer that must be good. Throws what was said instead. */
export function ok<T>(answer: Answer, form: z.ZodMiniType<T>): T {
  if (answer.status >= 300) throw new Error(`unexpected answer ${answer.status}: ${JSON.stringify(answer.body)}`);
  return form.parse(answer.body);
}

const problem = z.object({ code: z.string(), title: z.string() });

/** Shows a refusal that must have come, and throws where it did not. */
export function expectRefusal({ status, body }: Answer, expectedStatus: number, expectedCode: string): void {
  const refused = problem.safeParse(body);
  if (!refused.success || status !== expectedStatus || refused.data.code !== expectedCode)
    throw new Error(`expected ${expectedStatus} ${expectedCode}, got ${status}: ${JSON.stringify(body)}`);
  say(`${status} ${refused.data.code}：${refused.data.title}`);
}
