import type { Caller, Role } from '@dandang/access/caller.ts';
import { escaped } from '@dandang/letters/escaped.ts';
import { demonstrationUnits } from './demonstration.ts';
import { clockBox, plainPage } from './plain-page.ts';

/** What people of a role can show, on the page on which one becomes somebody. */
const shows: Readonly<Record<Role, string>> = {
  supervision: '起草、印发、催办、评估',
  'party-committee-office': '组织约谈',
  leader: '市领导',
  'principal-leader': '同意约谈、批准奖励',
  approver: '审批文书',
  discipline: '容错、约谈全程参与',
  organization: '奖励考核、约谈会商',
  inspection: '查阅容错结果',
  audit: '查阅容错结果',
  decider: '集体研究决定',
  unit: '签收、答复、报送方案',
  'unit-head': '审签本单位的答复',
  official: '查阅本人的文书',
  admin: '通讯录、制度设置',
};

/** Someone who can sign in, with the position that the directory knows. */
export interface Person extends Caller {
  readonly position?: string | undefined;
}

const unitName = (id: string): string =>
  Object.hasOwn(demonstrationUnits, id) ? (demonstrationUnits[id]?.name ?? id) : id === '' ? '系统管理' : id;

const personButton = ({ id, name, position, roles }: Person): string =>
  `<button class="person" name="as" value="${escaped(id)}">${escaped(name)}<span>${escaped(
    [position, roles.map((role) => shows[role]).join('；')]
      .filter((text) => text !== undefined && text !== '')
      .join(' · '),
  )}</span></button>`;

/** The page of the embedded issuer: everybody of the demonstration, by unit. Whoever is chosen is signed in. */
export function signInPage(people: readonly Person[], action: string, now: string, nonce: string): string {
  const byUnit = Map.groupBy(people, ({ unit }) => unit);
  const order = Object.keys(demonstrationUnits);
  const place = (unit: string): number => (order.includes(unit) ? order.indexOf(unit) : order.length);
  const sections = [...byUnit]
    .toSorted(([one], [other]) => place(one) - place(other))
    .map(
      ([unit, members]) =>
        `<section><h2>${escaped(unitName(unit))}</h2>${members.map(personButton).join('')}</section>`,
    );
  return plainPage(
    '登录',
    `<h1>以谁的身份登录</h1><p class="quiet">演示不设密码：点击姓名即登录。先以督查室周勤的身份起草和印发，再以单位联络员的身份签收和答复。</p>
${clockBox(now)}<form method="post" action="${escaped(action)}"><div class="units">${sections.join('')}</div></form>
<p class="quiet"><a href="/dev">邮箱和演示工具</a></p>`,
    nonce,
  );
}
