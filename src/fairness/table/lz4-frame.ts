/**
 * LZ4 frames, as Arrow compresses its buffers (github.com/lz4/lz4: doc/lz4_Frame_format.md, doc/lz4_Block_format.md).
 * Arrow's blocks refer to the ones before them, which the decoders at hand do not support.
 */

const MAGIC = 0x184d2204;
const UNCOMPRESSED = 0x80000000;
const SMALLEST_MATCH = 4;

/** The content of one frame, `length` bytes. Checksums are skipped. Throws an Error where it is not that. */
export function decodeLz4Frame(frame: Uint8Array, length: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.byteLength < 7 || view.getUint32(0, true) !== MAGIC) throw new Error("not an LZ4 frame");
  const flags = frame[4]!;
  const contentSize = (flags & 0x08) !== 0 ? 8 : 0;
  const blockChecksum = (flags & 0x10) !== 0 ? 4 : 0;
  const dictionary = (flags & 0x01) !== 0 ? 4 : 0;
  const output = new Uint8Array(length);
  let written = 0;
  for (let at = 7 + contentSize + dictionary; ; ) {
    const size = view.getUint32(at, true);
    if (size === 0) break;
    const bytes = frame.subarray(at + 4, at + 4 + (size & 0x7fffffff));
    if ((size & UNCOMPRESSED) !== 0) {
      output.set(bytes, written);
      written += bytes.length;
    } else written = decodeBlock(bytes, output, written);
    at += 4 + bytes.length + blockChecksum;
  }
  if (written !== length) throw new Error("an LZ4 frame holds less or more than it says");
  return output;
}

/** Decodes one block to `output` from `to` on; returns where it ends. */
function decodeBlock(input: Uint8Array, output: Uint8Array, to: number): number {
  let at = 0;
  const extended = (start: number) => {
    let length = start;
    if (start === 15) {
      let byte: number;
      do {
        byte = input[at++] ?? 0;
        length += byte;
      } while (byte === 255);
    }
    return length;
  };
  while (at < input.length) {
    const token = input[at++]!;
    const literals = extended(token >> 4);
    output.set(input.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at >= input.length) break;
    const offset = input[at]! | (input[at + 1]! << 8);
    at += 2;
    const length = extended(token & 15) + SMALLEST_MATCH;
    if (offset === 0 || offset > to || to + length > output.length) throw new Error("a damaged LZ4 block");
    // Byte by byte: a match may overlap what it writes.
    for (const end = to + length; to < end; to++) output[to] = output[to - offset]!;
  }
  return to;
}
