import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import type { ApiAnswer } from '@dandang/api/route.ts';
import { renderDocx } from '@dandang/letters/docx.ts';
import { renderHtml } from '@dandang/letters/html.ts';
import type { LetterContent } from '@dandang/letters/letter.ts';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The letter that a path names, and as what it is wanted. */
export const named = (document: string): [string | undefined, string | undefined] => {
  const [, name, ending] = /^([a-z0-9]+)\.(docx|html)$/.exec(document) ?? [];
  return [name, ending];
};

/** A letter as a page. */
export const pageOf = (content: LetterContent): ApiAnswer => ({
  status: 200,
  headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
  bytes: { contentType: 'text/html; charset=utf-8', content: new TextEncoder().encode(renderHtml(content)) },
});

/** A letter as a page or as a file. */
export async function paper(
  { id, type, content }: Pick<IssuedLetter, 'id' | 'type' | 'content'>,
  ending: string | undefined,
): Promise<ApiAnswer> {
  if (ending === 'html') return pageOf(content);
  return {
    status: 200,
    headers: { 'content-disposition': `attachment; filename="${type}-${id}.docx"` },
    bytes: { contentType: docx, content: await renderDocx(content) },
  };
}
