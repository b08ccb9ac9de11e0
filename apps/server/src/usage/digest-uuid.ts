import { hash } from "node:crypto";

/** The first 16 bytes of the SHA-256 of some values, written as a UUID. */
export function digestUuid(values: readonly (string | null)[]): string {
  const digest = hash("sha256", JSON.stringify(values), "hex");
  const cut = [0, 8, 12, 16, 20, 32];
  return cut
    .slice(1)
    .map((end, index) => digest.slice(cut[index], end))
    .join("-");
}
