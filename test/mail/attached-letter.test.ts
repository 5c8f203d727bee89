import type { OutgoingMail } from '@dandang/mail/message.ts';
import { settingsKey } from '@dandang/store/keys.ts';
import { Rig } from '../consumers/rig.ts';

test('where the deployment wants letters in mails, each carries its own as a file of Word, called by number and type', async () => {
  const rig = new Rig('2026-09-15T10:00:00.000+08:00');
  await rig.enterTown();
  await rig.enter(settingsKey('yichang'), 'SettingsChanged', { 'mail.attachLetter': true });
  const sent: OutgoingMail[] = [];
  rig.outcome = (mail) => {
    sent.push(mail);
    return Promise.resolve({ outcome: 'accepted', response: '' });
  };
  for (const command of rig.commands.slice(0, 4)) await command();
  await rig.straight();
  const letters = sent.filter(({ attachments = [] }) => attachments.length > 0);
  expect(letters.flatMap(({ attachments = [] }) => attachments.map(({ filename }) => filename)).sort()).toEqual([
    '演〔2026〕1号 工作提示.docx',
    '演〔2026〕2号 提醒函.docx',
  ]);
  for (const { attachments = [], fromName, text } of letters) {
    // A zip: what Word opens, and no gateway takes for a page with scripts.
    expect(
      Buffer.from(attachments[0]?.content ?? [])
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect(attachments[0]?.contentType).toMatch(/wordprocessingml/);
    expect(fromName).toBe('supervision-office（担当）');
    expect(text).toMatch(/^supervision-office向(?:贵单位|您)发送《/);
  }
});
