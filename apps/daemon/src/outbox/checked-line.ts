import { crc32 } from "node:zlib";

/** One line of a journal: checksum of the JSON text in hexadecimal, a blank, the JSON text. */
export function encodeCheckedLine(value: unknown): string {
  const json = JSON.stringify(value);
  return `${checksum(json)} ${json}\n`;
}

/** The value of a whole line without its line end, or null when a single bit of it is wrong. */
export function decodeCheckedLine(line: Buffer): { readonly value: unknown } | null {
  if (line.length < 10 || line[8] !== 0x20) return null;
  const json = line.subarray(9);
  if (line.subarray(0, 8).toString("latin1") !== checksum(json)) return null;
  return { value: JSON.parse(json.toString("utf8")) };
}

function checksum(text: string | Buffer): string {
  return crc32(text).toString(16).padStart(8, "0");
}
