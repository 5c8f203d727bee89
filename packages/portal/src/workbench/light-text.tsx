import type { Light } from '../api/answers.ts';
import { dayText } from '../words/days.ts';
import { filled, useLanguage, useWords } from '../words/language.ts';
import type { Words } from '../words/zh-CN.ts';

export const shapes: Readonly<Record<Light, string>> = { red: '■', yellow: '▲', green: '●', grey: '–' };

export const lightWord = (light: Light, words: Words): string =>
  ({ red: words.overdue, yellow: words.near, green: words.inTime, grey: words.met })[light];

/** How long it is to the day, or since: in the service's working days, never counted here. */
function distance(light: Light, left: number | undefined, words: Words): string {
  if (left === undefined || light === 'grey') return lightWord(light, words);
  if (left < 0) return filled(words.overdueBy, { n: -left });
  return left === 0 ? words.dueToday : filled(words.daysLeft, { n: left });
}

/** A light with its shape, the day and how far that is: ■ 9月24日 逾期1个工作日. */
export function LightText({
  light,
  dueOn,
  left,
  today,
}: {
  readonly light: Light;
  readonly dueOn: string;
  readonly left?: number | undefined;
  readonly today: string;
}) {
  const words = useWords();
  const language = useLanguage();
  return (
    <span className={`light ${light}`}>
      <span className="shape" aria-hidden="true">
        {shapes[light]}
      </span>
      <b>{dayText(dueOn, today, language)}</b> {distance(light, left, words)}
    </span>
  );
}
