import { refuse } from '@dandang/casework/refusal.ts';
import type { ApiAnswer, Route } from '@dandang/api/route.ts';
import { escaped } from '@dandang/letters/escaped.ts';
import type { Mailbox, ReceivedMail } from './mailbox.ts';
import type { MovingClock } from './moving-clock.ts';

export interface FrontPageSurroundings {
  readonly clock: Pick<MovingClock, 'now'>;
  readonly mailbox: Pick<Mailbox, 'list'>;
  readonly settled: () => Promise<void>;
}

const style = `
  :root { color-scheme: light dark; }
  body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; margin: 0 auto; max-width: 60rem; padding: 1.5rem; }
  h1 { font-size: 1.6rem; border-bottom: 3px solid #c00; padding-bottom: .4rem; }
  h2 { font-size: 1.1rem; margin-top: 2rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
  td { overflow-wrap: anywhere; }
  code { background: #8882; padding: .1rem .3rem; border-radius: .2rem; overflow-wrap: anywhere; }
  .quiet { color: #888; }
  @media (max-width: 40rem) { thead { display: none; } tr { display: block; padding: .4rem 0; border-bottom: 1px solid #8884; } td { display: block; border: 0; padding: 0; } }
`;

const page = (title: string, body: string): ApiAnswer => ({
  status: 200,
  headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" },
  bytes: {
    contentType: 'text/html; charset=utf-8',
    content: new TextEncoder().encode(
      `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${style}</style></head><body>${body}</body></html>`,
    ),
  },
});

const mailRow = (mail: ReceivedMail): string =>
  `<tr><td>${escaped(mail.date.slice(0, 16).replace('T', ' '))}</td><td>${escaped(mail.to)}</td><td>${escaped(mail.subject)}${
    mail.attachments.length === 0
      ? ''
      : ` <span class="quiet">＋${escaped(mail.attachments.map((one) => one.filename).join('、'))}</span>`
  }</td></tr>`;

/** How many mails the page shows; `GET /dev/mail` has them all. */
const mostMails = 50;

/** What one finds at the service's own address: how to begin, the clock, and the mailbox. The portal is not built yet. */
export function frontPageRoutes({ clock, mailbox, settled }: FrontPageSurroundings): Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      open: true,
      handle: async () => {
        await settled();
        const mails = (await mailbox.list()).slice(-mostMails).reverse();
        const rows =
          mails.length === 0
            ? '<tr><td class="quiet" colspan="3">还没有邮件 (no mail yet)</td></tr>'
            : mails.map(mailRow).join('');
        return page(
          '担当 Dandang',
          `<h1>担当 Dandang</h1>
<p>服务已在本机运行。在另一个终端运行 <code>npm run demo</code>，逐步演示提醒函、及时奖励、约谈和容错的全过程。<br><span class="quiet">The service is running. <code>npm run demo</code> in a second terminal walks through a reminder, a reward, an interview and a tolerance.</span></p>
<p>时钟 (clock)：<strong>${escaped(clock.now().slice(0, 16).replace('T', ' '))}</strong> ·
<a href="/dev/people">人员 (people)</a> · <a href="/api/health">状况 (health)</a> · <a href="/api/openapi.json">接口 (OpenAPI)</a></p>
<h2>邮箱 (mailbox)</h2>
<table><thead><tr><th>时间</th><th>收件人</th><th>主题</th></tr></thead><tbody>${rows}</tbody></table>`,
        );
      },
    },
    {
      method: 'GET',
      path: '/deliveries/{id}',
      open: true,
      handle: ({ params }) => {
        const id = params['id'] ?? '';
        if (!/^[a-z0-9]{1,40}$/.test(id)) return Promise.resolve(refuse('not-found'));
        return Promise.resolve(
          page(
            '送达 · 担当 Dandang',
            `<h1>送达</h1><p>门户建成后，登录即可在此查看并签收文书。现在请用接口：<br><code>GET /api/deliveries/${id}</code><br><code>POST /api/deliveries/${id}/acknowledge</code></p>
<p class="quiet">The portal will show and sign for the letter here; until then the API does.</p><p><a href="/">担当 Dandang</a></p>`,
          ),
        );
      },
    },
  ];
}
