/* What a mail server's reply says, and whom it concerns. Pure: a reply is text, a verdict is what follows from it. */

/** Two bytes or more above ASCII, one after the other: no Latin text is written so. */
const wideBytes = /[\u0080-\u00ff]{2}/;
const onlyBytes = /^[\0-\u00ff]*$/;

/**
 * A reply as people read it. The charset of replies is nowhere said (RFC 5321, 4.2.1): UTF-8 where it is that, else GB18030,
 * as servers here write. nodemailer has read it as UTF-8 already, and gives one that is none as its bytes, one a character.
 */
export function readReply(response: string): string {
  if (!onlyBytes.test(response) || !wideBytes.test(response)) return response;
  return new TextDecoder('gb18030').decode(Buffer.from(response, 'latin1'));
}

/** The status code of RFC 3463 behind the three digits, or as qmail writes it: `(#5.1.1)`. */
const enhancedCode = /^\d{3}[ -]#?5\.(\d{1,3})\.(\d{1,3})\b|\(#5\.(\d{1,3})\.(\d{1,3})\)/;

/**
 * What says that the server dislikes who sends, from where, how often or what, and knows nothing of the recipient. The codes
 * of two letters and three are NetEase's (`554 DT:SPM`, `550 RP:RCL`); Tencent, Alibaba and Coremail write words.
 */
const ofTheSender =
  /\b(?:HL|MI|RP|DT|WM):[A-Z]{3}\b|mail from|sender|relay|authenti|authori[sz]|\bauth\b|spam|junk|virus|malware|block|black ?list|banned|reputation|\b(?:rbl|dnsbl|spf|dkim|dmarc|helo|ehlo|ip)\b|polic(?:y|ies)|frequen|rate limit|too (?:many|much)|client|connection|content|attachment|behaviou?r|local user only|发件人|发信|发送方|频率|黑名单|垃圾|认证|授权|中继|策略|拦截/i;

/** What says that there is no such mailbox, or that it takes nothing. */
const ofTheRecipient =
  /(?:user|recipient|mailbox|account|address|alias|mail ?box name)(?: \S+){0,3} (?:is )?(?:unknown|not found|not exist|unavailable|disabled|suspended|inactive|invalid|full|rejected|not allowed|expired|closed)|(?:does not|doesn't|not) exist|(?:unknown|invalid|illegal|no such|bad|inactive|disabled|suspended) (?:local )?(?:user|recipient|mailbox|account|address|rcpt\w*|alias|destination)|no (?:such )?(?:mailbox|user|recipient)|not (?:a )?(?:known|valid|local) (?:user|recipient|mailbox|address)|not our customer|unrouteable address|over ?quota|quota (?:is )?exceed|exceeded (?:storage|quota)|(?:用户|收件人|邮箱|帐号|账号|账户|地址)\S{0,8}(?:不存在|未找到|无效|已满|满|停用|禁用|冻结|注销)|(?:无此|没有此|无效的?)(?:用户|收件人|邮箱|地址)/i;

/** The statuses that say it by themselves (RFC 5321, 4.2.3; RFC 7504): not here, over its quota, a domain without mail. */
const recipientStatuses: ReadonlySet<number> = new Set([551, 552, 556]);

/** Servers repeat addresses, and an address may be called anything. */
const withoutAddresses = (reply: string): string => reply.replace(/<[^<>]*>|\S*@\S*|\b[a-z]+:\/\/\S+/gi, ' ');

/** Said in words, where no code says it. */
function inWords(status: number, words: string): boolean {
  if (ofTheSender.test(words)) return false;
  return ofTheRecipient.test(words) || recipientStatuses.has(status);
}

/**
 * Whether a 5xx that was answered to the recipient or to the message concerns the recipient: then it will be so tomorrow, and
 * the delivery bounces. Everything else (a blocked client, a sender that is not allowed, a filter, a reply that says
 * nothing) is the sender's trouble or nobody knows whose, and a recipient must not lose a letter by it.
 *
 * A code of RFC 3463 decides where one is given: 5.1 and 5.2 are the recipient's, but for 5.1.7 and 5.1.8, which are the
 * sender's address, and 5.3.4 says that the message is too large, as it will be tomorrow; where it only says “other” (5.0, 5.1.0, 5.2.0), and for 5.4.1, by which Exchange Online says that it
 * does not know a recipient, the words do.
 */
export function concernsRecipient(status: number, reply: string): boolean {
  const words = withoutAddresses(reply);
  const [, before, beforeDetail, behind, behindDetail] = enhancedCode.exec(reply) ?? [];
  const subject = before ?? behind;
  const detail = Number(beforeDetail ?? behindDetail);
  if (subject === undefined) return inWords(status, words);
  if (subject === '1') return detail === 0 ? !ofTheSender.test(words) : detail !== 7 && detail !== 8;
  if (subject === '2') return detail !== 0 || !ofTheSender.test(words);
  if (subject === '3') return detail === 4;
  if (subject === '0' || (subject === '4' && detail === 1))
    return !ofTheSender.test(words) && ofTheRecipient.test(words);
  return false;
}
