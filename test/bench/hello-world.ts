/** The least that a function can be: what a cold start is measured against. */
export const http = (): Promise<{ statusCode: number; body: string }> =>
  Promise.resolve({ statusCode: 200, body: 'hello world' });
