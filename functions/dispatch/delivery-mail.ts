import { chaserKind } from '@dandang/casework/chaser-kind.ts';
import { foldChaser } from '@dandang/casework/chaser-sheet.ts';
import type { Delivery } from '@dandang/casework/delivery.ts';
import type { IssuedLetter } from '@dandang/casework/letter-issue.ts';
import { paperName } from '@dandang/casework/paper-name.ts';
import { invitationFile } from '@dandang/mail/invitation.ts';
import { letterMail, type MailAttachment, nudgeMail, type OutgoingMail, singleLine } from '@dandang/mail/message.ts';
import type { MailTransport } from '@dandang/mail/smtp.ts';
import { measureOfKind } from '@dandang/measures/registry.ts';
import { readFile } from '@dandang/store/file.ts';
import { matterKey } from '@dandang/store/keys.ts';
import type { NudgeSurroundings } from './nudge.ts';

export interface MailSurroundings extends Pick<NudgeSurroundings, 'commits' | 'now'> {
  readonly transport: Pick<MailTransport, 'from'>;
  /** Where the portal is: links in mails begin with it. */
  readonly portal: string;
  /** The domain of Message-IDs. */
  readonly mailDomain: string;
}

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** A letter as its file keeps it: of a matter, or the one of a chaser sheet. */
async function letterOf(
  { commits: store }: MailSurroundings,
  { kind, id }: { readonly kind: string; readonly id: string },
  document: string | undefined,
): Promise<IssuedLetter | undefined> {
  const { commits } = await readFile(store, matterKey(kind, id));
  if (kind === chaserKind) return foldChaser(id, commits)?.letter;
  return measureOfKind(kind)
    ?.fold(id, commits)
    ?.matter.letters.find((one) => one.id === document);
}

/** What systems take in the name of a file, the number first: so a folder of letters is in order. */
function fileName({ typeName, number, regarding }: Pick<Delivery, 'typeName' | 'number' | 'regarding'>): string {
  const name = number === undefined ? paperName({ typeName, regarding }) : `${number} ${typeName}`;
  return `${singleLine(name).replaceAll(/[\\/:*?"<>|]/g, '_')}.docx`;
}

/** The letter itself, where the deployment wants it in the mail; what renders it is loaded where one is rendered. */
async function attachedLetter(
  deps: MailSurroundings,
  delivery: Delivery,
  matter: NonNullable<Delivery['matter']>,
): Promise<MailAttachment[]> {
  const letter = delivery.attachLetter ? await letterOf(deps, matter, delivery.document) : undefined;
  if (letter === undefined) return [];
  const { renderDocx } = await import('@dandang/letters/docx.ts');
  return [{ filename: fileName(delivery), contentType: docx, content: await renderDocx(letter.content) }];
}

/** The mail that an attempt to deliver sends: the letter's, or the neutral one to somebody for whom something waits. */
export async function mailFor(deps: MailSurroundings, delivery: Delivery): Promise<OutgoingMail> {
  const { matter, issuer, invitation, typeName, number, regarding, phone } = delivery;
  const { address, name: systemsName = '' } = deps.transport.from;
  const system = systemsName === '' ? '担当' : systemsName;
  const to = { address: delivery.address, name: delivery.recipient.name };
  const common = {
    deliveryId: delivery.id,
    domain: deps.mailDomain,
    possibleDuplicate: delivery.mayHaveArrived || delivery.running !== null,
    sentAt: deps.now(),
    to,
  };
  if (matter === undefined) return nudgeMail({ ...common, link: deps.portal, fromName: system });
  const fromName = `${issuer}（${system}）`;
  const attachments = await attachedLetter(deps, delivery, matter);
  return letterMail({
    ...common,
    fromName,
    documentType: typeName,
    number,
    regarding,
    issuer,
    phone,
    toUnit: delivery.recipient.kind === 'unit',
    link: `${deps.portal}/deliveries/${delivery.id}`,
    attachments,
    ...(invitation === undefined ? {} : { invitation: invitationFile(invitation, { address, name: fromName }, to) }),
  });
}
