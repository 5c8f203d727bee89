import { escaped } from '@dandang/letters/escaped.ts';

/* What the pages of the demonstration look like that are none of the portal's: the sign-in, and /dev. */

const style = `
*{box-sizing:border-box}
body{margin:0;background:#f4f5f7;color:#1f2328;font:14px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
header{background:#fff;border-bottom:2px solid #1d4f91;padding:10px 20px;display:flex;gap:12px;align-items:baseline;flex-wrap:wrap}
header strong{font-size:18px;color:#1d4f91;letter-spacing:2px}
main{max-width:1080px;margin:0 auto;padding:16px 20px 40px}
h1{font-size:20px;margin:8px 0 4px}
h2{font-size:14px;margin:0 0 8px}
section{background:#fff;border:1px solid #dfe3e8;border-radius:4px;padding:12px 14px;margin-top:12px}
.units{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:12px;margin-top:12px}
.units section{margin:0}
.quiet{color:#595f69}
button,input{font:inherit}
button{border:1px solid #b8c0cc;background:#fff;border-radius:4px;padding:4px 12px;cursor:pointer;color:#1f2328}
button:hover{border-color:#1d4f91;color:#1d4f91}
button:focus-visible,a:focus-visible,input:focus-visible{outline:2px solid #1d4f91;outline-offset:2px}
button.person{display:block;width:100%;text-align:left;margin-top:6px;padding:6px 10px}
button.person span{display:block;color:#595f69;font-size:13px}
input{border:1px solid #7d8590;border-radius:4px;padding:4px 8px;background:#fff}
a{color:#1d4f91}
.row{display:flex;gap:8px;flex-wrap:wrap;align-items:center}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid #dfe3e8;vertical-align:top;overflow-wrap:anywhere}
@media (max-width:40rem){thead{display:none}tr{display:block;padding:6px 0;border-bottom:1px solid #dfe3e8}td{display:block;border:0;padding:0}.units{grid-template-columns:1fr}}
`;

/** Asks the service to move its clock; the page says what became of it. */
const script = `
for (const form of document.querySelectorAll('form.clock')) form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const said = form.querySelector('output');
  const to = event.submitter?.value || form.elements.to.value;
  if (!to) return;
  said.textContent = '正在推进时钟，途中的定时任务逐一执行…';
  const answer = await fetch('/dev/clock', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ now: to.length > 20 ? to : to + ':00+08:00' }) });
  if (answer.ok) location.reload();
  else said.textContent = (await answer.json()).errors?.[0]?.message ?? '未能移动时钟';
});`;

/** The headers that let exactly this page do what it does. */
export const pageHeaders = (nonce: string): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': `default-src 'none'; img-src data:; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
});

/** A page of the demonstration. `body` is HTML. */
export const plainPage = (title: string, body: string, nonce: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)} · 担当</title><link rel="icon" href="data:,"><style nonce="${nonce}">${style}</style></head><body><header><strong>担当</strong><span class="quiet">演示 · 人员和单位均为虚构</span></header><main>${body}</main><script nonce="${nonce}">${script}</script></body></html>`;

/** A day later than an instant in China's time, at half past nine. */
function after(now: string, days: number): string {
  const day = new Date(`${now.slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return `${day.toISOString().slice(0, 10)}T09:30`;
}

/** What moves the clock 移动时钟; it only goes forward. */
export const clockBox = (now: string): string =>
  `<section aria-labelledby="clock"><h2 id="clock">移动时钟</h2>
<p>现在是 <strong>${escaped(now.slice(0, 16).replace('T', ' '))}</strong>。时钟只能向前；到期的亮灯、催办和邮件在途中发生。</p>
<form class="clock row"><button value="${after(now, 1)}:00+08:00">次日 9:30</button><button value="${after(now, 7)}:00+08:00">一周后</button><label class="row">到 <input type="datetime-local" name="to" min="${escaped(now.slice(0, 16))}"></label><button>移动</button><output class="quiet"></output></form></section>`;
