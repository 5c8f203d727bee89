import { warning } from '@dandang/casework/warning.ts';
import { letterContent } from '@dandang/letters/letter.ts';
import * as z from 'zod/mini';
import { as, matterAnswerForm, named } from './answers.ts';

/* The forms of what is answered of letters before they exist: drafts 草稿 and dry runs 试办. */

const recipientAnswer = z.object({ ...named.shape, as, address: z.enum(['ok', 'missing']) });

/** A letter that has not gone out, marked as a draft. */
const letterAnswer = z.object({
  id: z.string(),
  type: z.string(),
  typeName: z.string(),
  title: z.string(),
  number: z.optional(z.string()),
  addressees: z.array(z.string()),
  copies: z.array(z.string()),
  content: letterContent,
});

export const draftsAnswer = z.object({
  items: z.array(
    z.object({
      ...letterAnswer.shape,
      /** The command that would issue it, and the fields of its input that are not known. */
      command: z.string(),
      open: z.array(z.string()),
      recipients: z.array(recipientAnswer),
      html: z.string(),
      docx: z.string(),
    }),
  ),
  warnings: z.array(warning),
});

/** What a command would come to; nothing of it is kept. */
export const dryRunAnswer = z.object({
  dryRun: z.literal(true),
  state: z.string(),
  deadlines: matterAnswerForm.shape.deadlines,
  letters: z.array(letterAnswer),
  recipients: z.array(z.object({ ...recipientAnswer.shape, document: z.string() })),
  follows: z.array(z.string()),
  warnings: z.array(warning),
});
