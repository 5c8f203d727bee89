import fc from 'fast-check';
import { announcement, largestAttachment, usualEnding } from './attachment-announcement.ts';
import {
  attached,
  type AttachmentEvent,
  type AttachmentFacts,
  foldAttachment,
  namedIn,
  namesAttachment,
} from './attachment.ts';
import type { Commit } from './commit.ts';

const sha256 = 'a'.repeat(64);
const content = { filename: '整改照片.jpg', contentType: 'image/jpeg', size: 1200, sha256 };
const liaison = { id: 'housing-liaison' };

const facts = (change: Partial<AttachmentFacts> = {}): AttachmentFacts => ({
  id: 'a1',
  ...content,
  by: liaison.id,
  usedBy: [],
  arrived: { size: 1200, sha256 },
  ...change,
});

/** What naming `ids` in the reminder m1 comes to, where these attachments are known. */
const naming = (ids: readonly string[] | undefined, ...known: readonly AttachmentFacts[]) =>
  attached(ids, { matterKey: 'reminder/m1', attachment: (id) => known.find((one) => one.id === id) }, liaison);

describe('what a command names', () => {
  test('is kept as it was announced, each once, in the order of the names', () => {
    const second = facts({ id: 'a2', filename: '方案.pdf', contentType: 'application/pdf' });
    expect(naming(['a2', 'a1', 'a2'], facts(), second)).toEqual([
      { id: 'a2', filename: '方案.pdf', contentType: 'application/pdf', size: 1200, sha256 },
      { id: 'a1', ...content },
    ]);
  });

  test('is nothing where nothing is named', () => {
    expect(naming(undefined)).toEqual([]);
    expect(naming([], facts())).toEqual([]);
  });

  test('may be used by the same matter already', () => {
    expect(naming(['a1'], facts({ usedBy: ['reminder/m1'] }))).toEqual([{ id: 'a1', ...content }]);
  });

  test.each([
    ['unknown', undefined, 'attachment-missing'],
    ['announced and not uploaded', facts({ arrived: undefined }), 'attachment-missing'],
    ['somebody else’s', facts({ by: 'ecology-liaison' }), 'attachment-missing'],
    ['used by another matter', facts({ usedBy: ['reminder/m2'] }), 'attachment-missing'],
    ['used by this matter and another', facts({ usedBy: ['reminder/m1', 'interview/m2'] }), 'attachment-missing'],
    ['of another size', facts({ arrived: { size: 1201, sha256 } }), 'attachment-mismatch'],
    ['of another hash', facts({ arrived: { size: 1200, sha256: 'b'.repeat(64) } }), 'attachment-mismatch'],
    ['somebody else’s and damaged', facts({ by: 'x', arrived: { size: 0, sha256 } }), 'attachment-missing'],
  ] as const)('is refused when it is %s', (_, known, code) => {
    expect(naming(['a1'], ...(known === undefined ? [] : [known]))).toEqual({ refused: code, detail: 'a1' });
    const good = facts({ id: 'a0' });
    expect(naming(['a0', 'a1'], good, ...(known === undefined ? [] : [known]))).toHaveProperty('refused', code);
  });
});

describe('an announcement', () => {
  const accepts = (change: Record<string, unknown>) => announcement.safeParse({ ...content, ...change }).success;
  const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

  test.each([
    ['照片.JPG', 'image/jpeg'],
    ['照片.jpeg', 'image/jpeg'],
    ['v1.2 整改方案（定稿）.docx', docx],
    ['.pdf', 'application/pdf'],
    ['台账.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ])('of %s as %s is accepted', (filename, contentType) => {
    expect(accepts({ filename, contentType })).toBe(true);
  });

  test.each([
    ['another ending than its type has', { filename: '方案.docx', contentType: 'application/pdf' }],
    ['no ending', { filename: 'jpg' }],
    ['an ending before the last', { filename: '照片.jpg.exe' }],
    ['a page', { filename: 'a.html', contentType: 'text/html' }],
    ['a drawing that can run', { filename: 'a.svg', contentType: 'image/svg+xml' }],
    ['a program', { filename: 'a.exe', contentType: 'application/octet-stream' }],
    ['a name that means a property of every object', { filename: 'a.constructor', contentType: 'constructor' }],
    ['a path', { filename: '../../照片.jpg' }],
    ['a Windows path', { filename: 'C:\\照片.jpg' }],
    ['a line break in the name', { filename: '照\n片.jpg' }],
    ['a mark that turns the name around', { filename: '照片\u202egpj.exe.jpg' }],
    ['half a character', { filename: '照\ud800片.jpg' }],
    ['a name that is too long', { filename: `${'长'.repeat(200)}.jpg` }],
    ['nothing', { size: 0 }],
    ['part of a byte', { size: 1.5 }],
    ['more than 20 MB', { size: largestAttachment + 1 }],
    ['a short hash', { sha256: 'abc' }],
    ['a hash in capitals', { sha256: 'A'.repeat(64) }],
    ['an unknown field', { path: 'x' }],
  ])('of %s is refused', (_, change) => {
    expect(accepts(change)).toBe(false);
  });

  test('of exactly 20 MB is accepted', () => {
    expect(accepts({ size: 20 * 1024 * 1024 })).toBe(true);
  });

  test('names the field of a wrong ending', () => {
    const parsed = announcement.safeParse({ ...content, filename: 'x.pdf' });
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['filename']);
  });

  test('has a usual ending for the name that is given out', () => {
    expect([usualEnding('image/jpeg'), usualEnding(docx), usualEnding('x/y')]).toEqual(['jpg', 'docx', 'bin']);
  });
});

const commit = (version: number, event: AttachmentEvent): Commit => ({
  matter: 'attachment/a1',
  version,
  at: '2026-03-02T09:00:00.000+08:00',
  by: { id: 'x', name: 'x', unit: '', roles: [] },
  command: 'x',
  request: { id: `${version}`, body: '' },
  events: [event],
  previousHash: '',
});

test('an attachment is what was announced and what uses it', () => {
  expect(foldAttachment('a1', [])).toBeUndefined();
  const announced = commit(1, { type: 'AttachmentAnnounced', data: { ...content, by: liaison.id } });
  const used = commit(2, { type: 'AttachmentUsed', data: { kind: 'reminder', id: 'm1' } });
  const one = { id: 'a1', ...content, by: liaison.id };
  expect(foldAttachment('a1', [announced])).toEqual({ ...one, uses: [] });
  expect(foldAttachment('a1', [announced, used])).toEqual({ ...one, uses: [{ kind: 'reminder', id: 'm1' }] });
});

describe('where an attachment is named', () => {
  const file = { id: 'a1', ...content };

  test('is found in the events of any measure, and what is no attachment is not taken for one', () => {
    expect(
      namedIn([
        { type: 'AnyEvent', data: { text: 'x', attachments: [file, { ...file, id: 'a2' }] } },
        { type: 'Other', data: { attachments: ['a3'] } },
        { type: 'None', data: null },
      ]),
    ).toEqual(['a1', 'a2']);
  });

  test('is found however deep in what is shown', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('list', 'field'), { maxLength: 6 }), (path) => {
        const shown = path.reduce<unknown>((inner, step) => (step === 'list' ? [0, inner] : { a: null, b: inner }), {
          attachments: [{ ...file, id: 'a0' }, file],
        });
        return namesAttachment(shown, 'a1') && !namesAttachment(shown, 'a2');
      }),
    );
  });

  test('is not where only its id or its name is mentioned', () => {
    expect(namesAttachment({ note: 'a1', id: 'a1', attachments: ['a1'], more: [{ id: 'a1' }] }, 'a1')).toBe(false);
  });
});
