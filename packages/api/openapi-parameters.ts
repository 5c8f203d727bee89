import type { Word } from '@dandang/casework/word.ts';
import { parameterWords } from './contract-words.ts';

/* The parameters that many operations have, described once. */

/** A text for readers of both languages: Chinese first. */
export const both = ({ zh, en }: Word): string => `${zh}\n\n${en}`;

export const describedParameter = (name: string) => {
  const word = Object.hasOwn(parameterWords, name) ? parameterWords[name] : undefined;
  return word === undefined ? {} : { description: both(word) };
};

export const parameters = {
  id: { name: 'id', in: 'path', required: true, schema: { type: 'string' }, ...describedParameter('id') },
  'Idempotency-Key': {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
    description: both({
      zh: '幂等键：同一键重复提交，得到第一次的结果，不重复办理。',
      en: 'The same key gives the first answer again and no second effect.',
    }),
  },
  'If-Match': {
    name: 'If-Match',
    in: 'header',
    required: false,
    schema: { type: 'string' },
    description: both({
      zh: '所见事项的 ETag；此后有人更新过事项的，返回412。',
      en: 'The ETag of the matter as it was shown; 412 where a person has changed it since.',
    }),
  },
  dryRun: {
    name: 'dryRun',
    in: 'query',
    required: false,
    schema: { type: 'string', enum: ['true'] },
    description: both({
      zh: '试办：照常检查，不留任何记录，返回办理后的结果和文书草稿。',
      en: 'Everything is checked and nothing kept: what it would come to, and its letters as drafts.',
    }),
  },
  for: {
    name: 'for',
    in: 'query',
    required: false,
    schema: { type: 'string', enum: ['signature'] },
    description: both({
      zh: '提交本单位负责人审签，签发后才报出。',
      en: 'Not done yet, but put forward for a head of the unit to sign.',
    }),
  },
} as const;
