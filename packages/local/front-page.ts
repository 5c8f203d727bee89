import { randomBytes } from 'node:crypto';
import type { ApiAnswer, Route } from '@dandang/api/route.ts';
import { escaped } from '@dandang/letters/escaped.ts';
import type { Mailbox, ReceivedMail } from './mailbox.ts';
import type { MovingClock } from './moving-clock.ts';
import { clockBox, pageHeaders, plainPage } from './plain-page.ts';

export interface FrontPageSurroundings {
  readonly clock: Pick<MovingClock, 'now'>;
  readonly mailbox: Pick<Mailbox, 'list'>;
  readonly settled: () => Promise<void>;
}

const mailRow = (mail: ReceivedMail): string =>
  `<tr><td>${escaped(mail.date.slice(0, 16).replace('T', ' '))}</td><td>${escaped(mail.to)}</td><td>${escaped(mail.subject)}${
    mail.attachments.length === 0
      ? ''
      : ` <span class="quiet">＋${escaped(mail.attachments.map((one) => one.filename).join('、'))}</span>`
  }</td></tr>`;

/** How many mails the page shows; `GET /dev/mail` has them all. */
const mostMails = 50;

function answer(title: string, body: string): ApiAnswer {
  const nonce = randomBytes(18).toString('base64');
  const { 'content-type': contentType = '', ...headers } = pageHeaders(nonce);
  return {
    status: 200,
    headers,
    bytes: { contentType, content: new TextEncoder().encode(plainPage(title, body, nonce)) },
  };
}

/** What only the demonstration has, on a page: the clock, and the mailbox. */
export function frontPageRoutes({ clock, mailbox, settled }: FrontPageSurroundings): Route[] {
  return [
    {
      method: 'GET',
      path: '/dev',
      open: true,
      handle: async () => {
        await settled();
        const mails = (await mailbox.list()).slice(-mostMails).reverse();
        const rows =
          mails.length === 0 ? '<tr><td class="quiet" colspan="3">还没有邮件</td></tr>' : mails.map(mailRow).join('');
        return answer(
          '演示工具',
          `<p><a href="/">回到工作台</a></p><h1>演示工具</h1>
${clockBox(clock.now())}
<section aria-labelledby="mail"><h2 id="mail">邮箱：全部发出的邮件</h2>
<table><thead><tr><th>时间</th><th>收件人</th><th>主题</th></tr></thead><tbody>${rows}</tbody></table></section>
<section aria-labelledby="more"><h2 id="more">更多</h2><p class="row"><a href="/api/openapi.json">接口 OpenAPI</a> · <a href="/api/health">状况</a> · <a href="/dev/people">人员</a> · <span>在另一个终端运行 npm run demo，逐步演示各项措施</span></p></section>`,
        );
      },
    },
  ];
}
