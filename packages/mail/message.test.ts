import fc from 'fast-check';
import { isMailAddress, letterMail, messageIdFor, nudgeMail, singleLine } from './message.ts';
import type { LetterMail } from './message.ts';

const notice: LetterMail = {
  documentType: '约谈通知书',
  number: '宜督约〔2026〕1号',
  issuer: '市委督查室',
  toUnit: true,
  link: 'https://dandang.example/deliveries/d-1',
  to: { address: 'liaison@housing.example', name: '市住房和城乡建设局' },
  deliveryId: 'd-1',
  domain: 'dandang.example',
  possibleDuplicate: false,
  sentAt: '2026-09-24T09:00:00.000+08:00',
};
const lineBreak = /[\r\n\u0085\u2028\u2029\v\f]/;
/** Strings in which what an injection needs is frequent. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom('\r\n', '\n', '\r', '\0', '\u2028', '\u0085', 'Bcc: x@y.example', '\r\n.\r\n', ' '),
      fc.string({ unit: 'binary' }),
    ),
  )
  .map((parts) => parts.join(''));

describe('a letter mail', () => {
  test('has the type and the number in its subject, the issuing body and the link in its text', () => {
    const mail = letterMail(notice);
    expect(mail.subject).toBe('约谈通知书 宜督约〔2026〕1号');
    expect(mail.text).toContain('市委督查室向贵单位发送《约谈通知书》（宜督约〔2026〕1号）');
    expect(mail.text.split('\n')).toContain('https://dandang.example/deliveries/d-1');
  });

  test('says where to ask, where the office has said so', () => {
    expect(letterMail({ ...notice, phone: '0717-6256789' }).text).toContain('如有疑问，请致电0717-6256789。');
    expect(letterMail(notice).text).not.toContain('致电');
  });

  test('names its recipient nowhere in subject or text', () => {
    const { subject, text } = letterMail({ ...notice, to: { address: 'zhang@housing.example', name: '张三' } });
    expect(subject + text).not.toMatch(/张三|zhang/);
  });

  test('does without a number when the document has none', () => {
    const { number: _, ...unnumbered } = notice;
    const mail = letterMail(unnumbered);
    expect(mail.subject).toBe('约谈通知书');
    expect(mail.text).toContain('《约谈通知书》，');
  });

  test('addresses a person as one', () => {
    expect(letterMail({ ...notice, toUnit: false }).text).toContain('市委督查室向您发送《约谈通知书》');
  });

  test('says which letter it is about where it has no number of its own, and goes under no other’s', () => {
    const { number: _, ...unnumbered } = notice;
    const mail = letterMail({ ...unnumbered, documentType: '约谈改期通知', regarding: '宜督约〔2026〕1号' });
    expect(mail.subject).toBe('关于宜督约〔2026〕1号的约谈改期通知');
    expect(mail.text).toContain('向贵单位发送关于宜督约〔2026〕1号的《约谈改期通知》，');
  });

  test('says in subject and text that it may be a repeat, and keeps its Message-ID', () => {
    const first = letterMail(notice);
    const again = letterMail({ ...notice, possibleDuplicate: true });
    expect(again.subject).toBe(`【可能重复】${first.subject}`);
    expect(again.text).toContain('可能与您此前收到的一封重复');
    expect(again.possibleDuplicate).toBe(true);
    expect(again.messageId).toBe(first.messageId);
    expect(first.subject + first.text).not.toContain('重复');
  });

  test('stays on one line in its subject, and on as many lines as ever in its text, whatever it is given', () => {
    const lines = letterMail(notice).text.split('\n').length;
    fc.assert(
      fc.property(hostile, hostile, hostile, (documentType, number, issuer) => {
        const mail = letterMail({ ...notice, documentType, number, issuer });
        expect(mail.subject).not.toMatch(lineBreak);
        expect(mail.text.split('\n')).toHaveLength(lines);
      }),
    );
  });

  test.each(['javascript:alert(1)', 'ftp://x.example/', '/deliveries/d-1', 'https://', ''])(
    'is not made with the link %p, which it does not repeat in the error',
    (link) => {
      expect(() => letterMail({ ...notice, link })).toThrow(new RangeError('The link of a mail is no http(s) URL'));
    },
  );

  test('cannot be given a line of its own through the link', () => {
    fc.assert(
      fc.property(hostile, (tail) => {
        const { text } = letterMail({ ...notice, link: `https://dandang.example/${tail}` });
        expect(text.split('\n')).toHaveLength(letterMail(notice).text.split('\n').length);
      }),
    );
  });
});

describe('a nudge', () => {
  test('says that there is something to do and nothing else', () => {
    const { number: _number, issuer: _issuer, documentType: _type, toUnit: _toUnit, ...rest } = notice;
    const mail = nudgeMail({ ...rest, link: 'https://dandang.example/todo' });
    expect(mail.subject).toBe('您有待办事项');
    expect(mail.text).toBe(
      '您有待办事项，请登录系统查看：\nhttps://dandang.example/todo\n\n本邮件由系统自动发送，请勿回复。\n',
    );
  });
});

describe('a Message-ID', () => {
  test('is the same whenever it is asked for', () => {
    expect(messageIdFor('d-1', 'liaison@housing.example', 'dandang.example')).toBe(
      '<301004ada2aecc9b9179452069777981e656d157@dandang.example>',
    );
  });

  test('is another for another delivery or another address, and for no two that only look alike when joined', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (delivery, name, otherDelivery, otherName) => {
        fc.pre(delivery !== otherDelivery || name !== otherName);
        expect(messageIdFor(delivery, `${name}@a.example`, 'b.example')).not.toBe(
          messageIdFor(otherDelivery, `${otherName}@a.example`, 'b.example'),
        );
      }),
    );
  });

  test('does not depend on the case of the address domain', () => {
    expect(messageIdFor('d-1', 'a@Housing.EXAMPLE', 'b.example')).toBe(
      messageIdFor('d-1', 'a@housing.example', 'b.example'),
    );
  });

  test('shows neither delivery nor address', () => {
    fc.assert(
      fc.property(fc.string(), fc.emailAddress(), (delivery, address) => {
        expect(messageIdFor(delivery, address, 'dandang.example')).toMatch(/^<[0-9a-f]{40}@dandang\.example>$/);
      }),
    );
  });

  test.each(['', 'x', 'a b.example', 'a.example>\r\nBcc: x', '-a.example'])(
    'is not made for the domain %p',
    (domain) => {
      expect(() => messageIdFor('d-1', 'a@b.example', domain)).toThrow(RangeError);
    },
  );
});

describe('a mail address', () => {
  test.each([
    'a@b.example',
    'first.last+tag@sub.housing.gov.cn',
    '13900000000@139.com',
    "o'neil_1@x-y.example",
    'a@xn--fiqs8s.xn--fiqs8s',
    `${'a'.repeat(64)}@b.example`,
  ])('%p is one', (address) => {
    expect(isMailAddress(address)).toBe(true);
  });

  test.each([
    '',
    'a',
    '@b.example',
    'a@',
    'a@b',
    'a@@b.example',
    '.a@b.example',
    'a.@b.example',
    'a..b@c.example',
    'a b@c.example',
    'a@b .example',
    'a@-b.example',
    'a@b-.example',
    'a@b..example',
    'a@b.example.',
    'a@[127.0.0.1]',
    '"a b"@c.example',
    'A <a@b.example>',
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example\n',
    '张三@b.example',
    'a@住建.example',
    'a@b_c.example',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b'.repeat(64)}.example`,
    `a@${'b123456789.'.repeat(24)}example`,
  ])('%p is none', (address) => {
    expect(isMailAddress(address)).toBe(false);
  });

  test('has no control character, space, comma or bracket', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('', '@b.example'), (start, end) => {
        const address = start + end;
        expect(isMailAddress(address) && /[\s\p{Cc},<>()[\]:;\\"]/u.test(address)).toBe(false);
      }),
    );
  });
});

test('a single line keeps everything but its breaks', () => {
  expect(singleLine(' 提醒函\r\n第二行\u2028\t第三行 \u0000')).toBe('提醒函 第二行 第三行');
});
