import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import type { Measure } from '@dandang/casework/measure.ts';
import type { LetterContent } from '@dandang/letters/letter.ts';
import { plainText } from '@dandang/letters/plain.ts';
import type { Policy } from '@dandang/policy/policy.ts';

/* What holds for every letter, whatever it says: how an experienced clerk would write one. */

/** Labels of a form: in a form they stand before what was filled in, in a letter a sentence says it. */
const LABEL = /(?:适用情形|适用条款|事例|理由|撤销理由|改期原因|取消原因|更正原因|责任追究事由|研究机构和日期)：(?!$)/u;
const DOUBLED = /[。；，、：？！][。；，、：]/u;
const ENDED = /[。！？：…][”’』）)]*$/u;

/** Types that must name how they can be disputed or reviewed, and the command by which that is done. */
const remedies: Readonly<Record<string, string>> = {
  'reminder-letter': 'dispute',
  'rectification-notice': 'dispute',
  'review-conclusion': 'dispute',
  'tolerance-decision': 'request-review',
  'tolerance-declined': 'request-review',
};
/** A remedy as letters name one. */
const REMEDY = /可以[^。]*(?:书面提出|申请复核)/u;

const proseOf = ({ body }: LetterContent): string[] =>
  body.flatMap((block) => (block.kind === 'paragraph' ? block.text.split('\n') : []));

/** In which of these a letter fails, as whoever mends it wants to read it; nothing where it is as it should be. */
export function faultsOf(letter: IssuedLetter, measure: Measure, policy: Policy): string[] {
  const { type, content, deliveries, number, regarding, title } = letter;
  const text = plainText(content);
  const prose = proseOf(content);
  const printed = [...content.addressees, ...content.copies].join('，').split(/[，、]/u);
  const persons = deliveries.filter(({ recipient }) => recipient.kind === 'official').map((one) => one.recipient.name);
  const command = remedies[type];
  const named = REMEDY.test(text);
  const faults: [boolean, string][] = [
    [/\{\w+\}/u.test(text), 'something was not filled in'],
    [prose.some((line) => LABEL.test(line)), 'a form’s label stands in the text'],
    [prose.some((line) => DOUBLED.test(line)), 'a sign stands twice'],
    [prose.some((line) => !ENDED.test(line)), 'a sentence does not end'],
    [printed.some((name) => content.signatories.includes(name)), 'who issues it is named in 主送 or 抄送'],
    [deliveries.some(({ recipient }) => content.signatories.includes(recipient.name)), 'it goes to who issues it'],
    [
      content.addressees.length > 0 && persons.some((name) => !printed.some((one) => one.endsWith(`${name}同志`))),
      'a person is not named, or not as 同志',
    ],
    [number === undefined && regarding !== undefined && !title.includes(regarding), 'it does not say what it is about'],
    [number === undefined && content.number !== undefined, 'it bears the number of another'],
    [command !== undefined && !named, 'it names no remedy'],
    [
      named && !measure.commandSheets.some(({ name }) => name === (command ?? '')),
      'it names a remedy that nobody can use',
    ],
    [
      (policy.instruments[measure.kind] === undefined) === text.includes('根据《') && type !== 'chaser-sheet',
      policy.instruments[measure.kind] === undefined ? 'it names an instrument that the city has not' : '',
    ],
  ];
  return faults.filter(([is, what]) => is && what !== '').map(([, what]) => `${type}: ${what}\n${text}`);
}
