import * as z from 'zod/mini';

/** The most bytes that an attachment may have: 20 MB (`docs/http.md`, Attachments). */
export const largestAttachment = 20 * 1024 * 1024;

/**
 * What may be attached: office documents, PDF and images (`docs/http.md`, Attachments), by content type with the usual endings
 * of such file names. Nothing that a page could run: no HTML, no SVG.
 */
const endingsOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['application/pdf', ['pdf']],
  ['application/msword', ['doc']],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', ['docx']],
  ['application/vnd.ms-excel', ['xls']],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ['xlsx']],
  ['application/vnd.ms-powerpoint', ['ppt']],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', ['pptx']],
  ['application/vnd.oasis.opendocument.text', ['odt']],
  ['application/vnd.oasis.opendocument.spreadsheet', ['ods']],
  ['application/vnd.oasis.opendocument.presentation', ['odp']],
  ['image/jpeg', ['jpg', 'jpeg']],
  ['image/png', ['png']],
  ['image/gif', ['gif']],
  ['image/bmp', ['bmp']],
  ['image/webp', ['webp']],
  ['image/tiff', ['tif', 'tiff']],
  ['image/heic', ['heic']],
]);

const endingOf = (filename: string): string => /\.([^.]+)$/.exec(filename)?.[1]?.toLowerCase() ?? '';

/** Separators of paths and control characters; marks of writing direction could show another ending than there is. */
const noFilename = /[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** The body of `POST /api/attachments`. `size` is in bytes, `sha256` in lower-case hexadecimal. */
export const announcement = z
  .strictObject({
    filename: z.string().check(
      z.maxLength(200),
      z.regex(/\S/),
      z.refine((name) => name.isWellFormed() && !noFilename.test(name)),
    ),
    contentType: z.enum([...endingsOf.keys()]),
    size: z.number().check(z.int(), z.minimum(1), z.maximum(largestAttachment)),
    sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  })
  .check(
    z.refine((one) => endingsOf.get(one.contentType)?.includes(endingOf(one.filename)) === true, {
      path: ['filename'],
    }),
  );

/** The usual ending of such files, without the dot: `docx`. */
export const usualEnding = (contentType: string): string => endingsOf.get(contentType)?.[0] ?? 'bin';
