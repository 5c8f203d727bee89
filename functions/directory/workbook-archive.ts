import { inflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';

/** The most bytes that what is read of a workbook may unpack to. A thousand rows need a third of it; a zip bomb needs more. */
const largestWorkbook = 3 * 1024 * 1024;
const mostParts = 500;

/** What is read at all: not what people keep beside the table, such as pictures, themes and properties. */
const isRead = (name: string): boolean =>
  /\.(?:xml|rels)$/.test(name) && !/(?:^|\/)(?:customXml|docProps|theme|drawings|printerSettings)\//.test(name);

/** An archive is none, or is built so that it would unpack to too much. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused';
  readonly why: 'unreadable' | 'too-large';
  constructor(why: 'unreadable' | 'too-large') {
    super(why);
    this.why = why;
  }
}

const endOfDirectory = 0x06054b50;
const entryOfDirectory = 0x02014b50;

/**
 * The parts of a workbook that are read, unpacked, by their names (APPNOTE.TXT 4.3 of PKWARE). Of what an archive says about
 * sizes nothing is believed: unpacking stops where it has become too much. Throws ArchiveRefused.
 */
export function unpack(content: Uint8Array): Readonly<Record<string, string>> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  try {
    let end = bytes.length - 22;
    while (bytes.readUInt32LE(end) !== endOfDirectory) end -= 1;
    const count = bytes.readUInt16LE(end + 10);
    if (count > mostParts) throw new ArchiveRefused('too-large');
    const parts: [string, string][] = [];
    let left = largestWorkbook;
    let at = bytes.readUInt32LE(end + 16);
    for (let entry = 0; entry < count; entry += 1) {
      if (bytes.readUInt32LE(at) !== entryOfDirectory) throw new ArchiveRefused('unreadable');
      const [nameLength, extraLength, noteLength] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
      const name = bytes.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
      if (isRead(name)) {
        const head = bytes.readUInt32LE(at + 42);
        const start = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
        const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
        const method = bytes.readUInt16LE(at + 10);
        if (method !== 0 && method !== 8) throw new ArchiveRefused('unreadable');
        if (left <= 0 || (method === 0 && packed.length > left)) throw new ArchiveRefused('too-large');
        const part = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: left });
        left -= part.length;
        parts.push([name, part.toString('utf8')]);
      }
      at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (noteLength ?? 0);
    }
    return Object.fromEntries(parts);
  } catch (error) {
    if (error instanceof ArchiveRefused) throw error;
    const tooMuch =
      typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw new ArchiveRefused(tooMuch ? 'too-large' : 'unreadable');
  }
}

/** An archive of these parts and of nothing else, for the reader. */
export function pack(parts: Readonly<Record<string, string>>): ArrayBuffer {
  const encoder = new TextEncoder();
  const files = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, encoder.encode(text)]));
  const packed = zipSync(files, { level: 0 });
  const buffer = new ArrayBuffer(packed.byteLength);
  new Uint8Array(buffer).set(packed);
  return buffer;
}
