/** Layouts of Windows' Energy Meter Interface (emi.h): what its metadata and measurements hold. Pure. */

export interface EmiChannel {
  index: number;
  /** "RAPL_Package0_PKG" */
  name: string;
  /** 0: picowatt hours, the only unit there is. */
  unit: number;
}

/** WCHAR[16] of the maker and of the model. */
const NAMES = 64;

/** Channels by a device's metadata; those that do not lie within the bytes are left out. */
export function emiChannels(version: number, metadata: Uint8Array): EmiChannel[] {
  const view = new DataView(metadata.buffer, metadata.byteOffset, metadata.byteLength);
  const text = (from: number, bytes: number) =>
    new TextDecoder("utf-16le").decode(metadata.subarray(from, from + bytes)).replace(/\0.*$/s, "");
  const size = metadata.byteLength;
  if (version === 1) {
    // Unit u32, names, revision u16, size of the name u16, name.
    if (size < NAMES + 8) return [];
    return [
      { index: 0, name: text(NAMES + 8, view.getUint16(NAMES + 6, true)), unit: view.getUint32(0, true) },
    ];
  }
  // Names, revision u16, count u16; each channel: unit u32, size of the name u16, name.
  const channels: EmiChannel[] = [];
  if (size < NAMES + 4) return channels;
  const count = view.getUint16(NAMES + 2, true);
  let at = NAMES + 4;
  for (let index = 0; index < count && at + 6 <= size; index++) {
    const length = view.getUint16(at + 4, true);
    if (at + 6 + length > size) break;
    channels.push({ index, name: text(at + 6, length), unit: view.getUint32(at, true) });
    at += 6 + length;
  }
  return channels;
}

/** {energy u64, time u64} for each channel. */
export const MEASUREMENT_BYTES = 16;

/** The interface class {45BD8344-7ED6-49CF-A440-C276C933B053} as a GUID lies in memory. */
export const EMI_INTERFACE = Uint8Array.from([
  0x44, 0x83, 0xbd, 0x45, 0xd6, 0x7e, 0xcf, 0x49, 0xa4, 0x40, 0xc2, 0x76, 0xc9, 0x33, 0xb0, 0x53,
]);
