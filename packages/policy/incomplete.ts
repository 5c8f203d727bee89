import type { Policy } from './policy.ts';
import { settingTitles } from './setting-titles.ts';
import { type SettingKey, settingKeys } from './settings.ts';

/** A setting without which something does not work, and what. */
export interface Incomplete {
  readonly setting: SettingKey;
  /** A whole sentence, in Chinese. */
  readonly message: string;
}

/**
 * What does not work under a policy because its article lists nothing and the deployment has said nothing in its place.
 * `required` are the settings without which a measure cannot work at all.
 */
export function incomplete(policy: Policy, required: ReadonlySet<SettingKey>): Incomplete[] {
  const { settings, reminder, interview, tolerance } = policy;
  const lists: readonly (Incomplete & { readonly missing: boolean })[] = [
    {
      setting: 'reminder.circumstances',
      missing: reminder.circumstances.length === 0,
      message: '制度没有列出提醒情形：不能起草提醒函',
    },
    {
      setting: 'interview.circumstances',
      missing: interview.circumstances.length === 0,
      message: '制度没有列出约谈情形：不能申请约谈',
    },
    {
      setting: 'tolerance.circumstances',
      missing: tolerance.circumstances.length === 0,
      message: '制度没有列出容错情形：不能认定情形，不能免责、减责',
    },
    {
      setting: 'tolerance.factors',
      missing: tolerance.factors.length === 0,
      message: '制度没有列出研判要素：研判表没有可以填写的要素',
    },
    {
      setting: 'tolerance.copies',
      missing: tolerance.copies.length === 0,
      message: '制度没有列出抄送机关：容错处理决定书只送本人',
    },
    {
      setting: 'tolerance.effects',
      missing: !tolerance.effects.some(({ outcome }) => outcome === 'exempt'),
      message: '制度没有规定免责结果如何运用：免责决定不写结果运用，查询时没有相应记载',
    },
  ];
  const unset = settingKeys
    .filter((setting) => required.has(setting) && settings[setting].value === null)
    .map((setting) => ({ setting, message: `尚未设置：${settings[setting].name ?? settingTitles[setting].zh}` }));
  return [...unset, ...lists.filter(({ missing }) => missing).map(({ setting, message }) => ({ setting, message }))];
}
