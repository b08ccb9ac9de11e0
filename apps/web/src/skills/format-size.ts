import type { Format } from "../i18n/format.ts";

const units = ["B", "KiB", "MiB"] as const;

/** Bytes as people read them: 812 B, 4 KiB, 1.5 MiB. */
export function formatSize(bytes: number, format: Format): string {
  let value = bytes;
  let at = 0;
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024;
    at += 1;
  }
  const rounded = value < 10 && at > 0 ? Math.round(value * 10) / 10 : Math.round(value);
  return `${format.number(rounded)} ${units[at] ?? ""}`;
}
