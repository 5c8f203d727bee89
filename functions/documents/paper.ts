import { createHash } from 'node:crypto';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import type { ApiAnswer } from '@dandang/api/route.ts';
import { renderDocx } from '@dandang/letters/docx.ts';
import { letterFileName } from '@dandang/letters/file-name.ts';
import { htmlStyle, renderHtml } from '@dandang/letters/html.ts';
import type { LetterContent } from '@dandang/letters/letter.ts';
import contentDisposition from 'content-disposition';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The letter that a path names, and as what it is wanted. */
export const named = (document: string): [string | undefined, string | undefined] => {
  const [, name, ending] = /^([a-z0-9]+)\.(docx|html)$/.exec(document) ?? [];
  return [name, ending];
};

/** Nothing runs, nothing is loaded, nobody else's page frames it; of styles only those that the letter's page was made with. */
const pagePolicy = (style: string): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox',
  ].join('; ');

/** A letter as a page. */
export const pageOf = (content: LetterContent): ApiAnswer => ({
  status: 200,
  headers: { 'content-security-policy': pagePolicy(htmlStyle(content)), 'x-content-type-options': 'nosniff' },
  bytes: { contentType: 'text/html; charset=utf-8', content: new TextEncoder().encode(renderHtml(content)) },
});

/** A letter as a page to read or as a file to keep, under the name that it has on paper. */
export async function paper(
  letter: Pick<IssuedLetter, 'id' | 'type' | 'typeName' | 'number' | 'regarding' | 'content'>,
  ending: string | undefined,
): Promise<ApiAnswer> {
  const { id, type, content } = letter;
  const form = ending === 'html' ? 'html' : 'docx';
  const disposition = contentDisposition(`${letterFileName({ ...letter, date: content.date })}.${form}`, {
    type: form === 'html' ? 'inline' : 'attachment',
    fallback: `${type}-${id}.${form}`,
  });
  if (form === 'html') {
    const page = pageOf(content);
    return { ...page, headers: { ...page.headers, 'content-disposition': disposition } };
  }
  return {
    status: 200,
    headers: { 'content-disposition': disposition, 'x-content-type-options': 'nosniff' },
    bytes: { contentType: docx, content: await renderDocx(content) },
  };
}
