import type { LetterContent } from '@dandang/letters/letter.ts';
import { issueLetter, issuedLetter, type Recipient, unsendable } from './letter-issue.ts';

const content: LetterContent = {
  layout: 'letter',
  issuer: '市委督查室',
  title: '关于某事的提醒函',
  addressees: ['市住房和城乡建设局'],
  body: [{ kind: 'paragraph', text: '请办理。' }],
  attachments: [],
  signatories: ['市委督查室'],
  date: '2026-03-02',
  copies: [],
  sealed: true,
};
const letter = { type: 'reminder-letter', typeName: '提醒函', content };
const housing: Recipient = { kind: 'unit', id: 'housing', name: '市住房和城乡建设局', mail: 'office@housing.example' };
const ecology: Recipient = { kind: 'unit', id: 'ecology', name: '市生态环境局' };
const to = (...recipients: readonly Recipient[]) => recipients.map((recipient) => ({ recipient, as: 'copy' as const }));

describe('an issued letter', () => {
  test('takes title and issuer from its content, and can be stored', () => {
    const issued = issueLetter('reminder/m1', 'reminder-letter', letter, to(housing));
    expect(issued).toMatchObject({ title: content.title, issuer: content.issuer, content });
    expect(issuedLetter.parse(JSON.parse(JSON.stringify(issued)))).toEqual(issued);
  });

  test('has one delivery a recipient, with the address of that day and none of the directory’s other fields', () => {
    const deliveries = issueLetter('reminder/m1', 'x', letter, to(housing, ecology)).deliveries;
    expect(deliveries.map(({ id: _, ...rest }) => rest)).toEqual([
      { recipient: { kind: 'unit', id: 'housing', name: housing.name }, as: 'copy', address: housing.mail },
      { recipient: { kind: 'unit', id: 'ecology', name: ecology.name }, as: 'copy', address: '' },
    ]);
  });

  test('is delivered once to whoever is named twice, as what was named first', () => {
    const twice = [{ recipient: housing, as: 'addressee' as const }, ...to(housing, ecology)];
    expect(issueLetter('reminder/m1', 'x', letter, twice).deliveries.map((one) => [one.recipient.id, one.as])).toEqual([
      ['housing', 'addressee'],
      ['ecology', 'copy'],
    ]);
  });

  test('tells a unit from an official of the same id', () => {
    const official: Recipient = { ...housing, kind: 'official' };
    const ids = issueLetter('reminder/m1', 'x', letter, to(housing, official)).deliveries.map((one) => one.id);
    expect(new Set(ids).size).toBe(2);
  });

  test('has the same ids when it is built again, and others in another slot or matter', () => {
    const ids = (matter: string, slot: string): string[] => {
      const issued = issueLetter(matter, slot, letter, to(housing));
      return [issued.id, ...issued.deliveries.map((one) => one.id)];
    };
    expect(ids('reminder/m1', 'a')).toEqual(ids('reminder/m1', 'a'));
    expect(new Set([...ids('reminder/m1', 'a'), ...ids('reminder/m1', 'b'), ...ids('reminder/m2', 'a')]).size).toBe(6);
  });
});

test('what has a recipient whose mail is missing or empty cannot be sent, and says to whom', () => {
  const issued = issueLetter('reminder/m1', 'a', letter, to(housing, ecology, { ...housing, id: 'x', mail: '' }));
  expect(unsendable([issued])).toEqual({ refused: 'no-address', detail: '市生态环境局、市住房和城乡建设局' });
  expect(unsendable([issueLetter('reminder/m1', 'a', letter, to(housing))])).toBeUndefined();
});
