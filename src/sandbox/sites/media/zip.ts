/** A ZIP file of files that are stored as they are. @see PKWARE APPNOTE 4.3 */

import { crc32 } from "node:zlib";

interface PackedFile {
  readonly name: string;
  readonly content: Buffer;
}

const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
const version = 20;
const namesAreUtf8 = 0x0800;
/** Always the same day, 1 January 1980: a link that is fetched in parts must give parts of the same file. */
const dosDate = 0x0021;

/** Fewer than 65,536 files. */
export function zip(files: readonly PackedFile[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const local = Buffer.concat([localHeader(file), Buffer.from(file.name), file.content]);
    centrals.push(centralHeader(file, offset), Buffer.from(file.name));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  return Buffer.concat([...locals, directory, endOfDirectory(files.length, directory.length, offset)]);
}

function localHeader(file: PackedFile): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(localSignature, 0);
  writeDescription(header, file, 4);
  return header;
}

function centralHeader(file: PackedFile, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(centralSignature, 0);
  header.writeUInt16LE(version, 4);
  writeDescription(header, file, 6);
  header.writeUInt32LE(offset, 42);
  return header;
}

/** The 26 bytes that both headers have in common. */
function writeDescription(header: Buffer, { name, content }: PackedFile, at: number): void {
  header.writeUInt16LE(version, at);
  header.writeUInt16LE(namesAreUtf8, at + 2);
  header.writeUInt16LE(dosDate, at + 8);
  header.writeUInt32LE(crc32(content), at + 10);
  header.writeUInt32LE(content.length, at + 14);
  header.writeUInt32LE(content.length, at + 18);
  header.writeUInt16LE(Buffer.byteLength(name), at + 22);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(endSignature, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}
