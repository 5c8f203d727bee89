import { concernsRecipient, readReply } from './reply.ts';

/** As nodemailer hands on a reply that is no UTF-8: its bytes, one a character. */
const bytes = (...written: number[]): string => Buffer.from(written).toString('latin1');

describe('a reply concerns the recipient', () => {
  test.each([
    '550 5.1.1 <a@b.cn>: Recipient address rejected: User unknown in virtual mailbox table',
    '550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 Please try again',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    '556 5.1.10 Recipient address has a null MX',
    '550 5.2.1 The email account that you tried to reach is disabled',
    '552 5.2.2 The email account that you tried to reach is over quota',
    '552 5.2.3 Message exceeds the size that this mailbox takes',
    '552 5.3.4 Message size exceeds fixed limit',
    '550 #5.1.0 Address rejected.',
    '550 sorry, no mailbox here by that name. (#5.1.1)',
    '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)',
    '550 5.0.0 <sender@b.cn>... User unknown',
    // Tencent, NetEase, Alibaba, Coremail, Exim.
    '550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1',
    '550 Mailbox unavailable or access denied',
    '550 User not found: spam@b.cn',
    '550 Invalid User: a@b.cn',
    '550 User suspended',
    '559 Invalid rcptto [@sm030201]',
    '550 No such user here',
    '550 unknown user',
    '550 Unrouteable address',
    '550 Requested action not taken: mailbox unavailable',
    '551 User not local; please try <forward-path>',
    '552 Requested mail action aborted: exceeded storage allocation',
    '552 Mailbox is full',
    '550 收件人不存在',
    '550 该用户邮箱已满',
  ])('%s', (reply) => {
    expect(concernsRecipient(Number(reply.slice(0, 3)), reply)).toBe(true);
  });
});

describe('a reply does not concern the recipient, so that the mail is tried again', () => {
  test.each([
    '550 5.7.1 Service unavailable; client [192.0.2.1] blocked using Spamhaus',
    '554 5.7.1 <a@b.cn>: Relay access denied',
    '550 5.7.1 <a@b.cn>: Recipient address rejected: Mail appeared to be SPAM or forged',
    '550 5.7.26 This mail is unauthenticated',
    '553 5.1.8 <no-reply@x.cn>: Sender address rejected: Domain not found',
    '550 5.1.7 Invalid sender address',
    '550 5.1.0 <no-reply@x.cn>: Sender rejected',
    '552 5.7.0 This message was blocked because its content presents a potential security issue',
    '550 5.5.1 Protocol error',
    '503 5.5.1 Error: need MAIL command',
    '530 5.7.0 Must issue a STARTTLS command first',
    '554 5.3.2 System not accepting network messages',
    '554 5.6.0 Message content rejected',
    '553 sorry, that domain is not in my list of allowed rcpthosts (#5.7.1)',
    '550 relay not permitted',
    '550-Verification failed for <no-reply@x.cn>\n550-No such user here\n550 Sender verify failed',
    // Tencent, NetEase, Alibaba.
    '550 Ip frequency limited. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022',
    '550 Sender frequency limited',
    '550 Mail content denied',
    '550 Connection denied',
    '553 Mail from must equal authorized user',
    '553 Requested action not taken: NULL sender is not allowed',
    '553 authentication is required',
    '554 DT:SPM 163 smtp10,DsCowAD3',
    '554 HL:IPB',
    '550 RP:RCL',
    '550 MI:SPB',
    '550 User in blacklist',
    '552 Illegal Attachment',
    '554 Reject by behaviour spam',
    '550 发信人被拒绝，收件人不存在',
    '550 no',
    '554 Transaction failed',
  ])('%s', (reply) => {
    expect(concernsRecipient(Number(reply.slice(0, 3)), reply)).toBe(false);
  });
});

describe('a reply is read', () => {
  test('as GB18030 where it is no UTF-8', () => {
    // 550 邮箱不存在
    const written = bytes(0x35, 0x35, 0x30, 0x20, 0xd3, 0xca, 0xcf, 0xe4, 0xb2, 0xbb, 0xb4, 0xe6, 0xd4, 0xda);
    expect(readReply(written)).toBe('550 邮箱不存在');
  });

  test('in characters that only GB18030 has, and cut in the middle of one, too', () => {
    const written = bytes(0x35, 0x35, 0x30, 0x20, 0x82, 0x30, 0xc2, 0x30, 0xd3, 0xca, 0xcf);
    expect(readReply(written)).toMatch(/^550 .+邮.?$/u);
  });

  test.each(['550 邮箱不存在', '550 no such user', '550 boîte inconnue', ''])(
    'as it is where it was UTF-8: %p',
    (reply) => {
      expect(readReply(reply)).toBe(reply);
    },
  );
});
