import { readFileSync } from "node:fs";

/** The address of a database of the server on `port`, with the password from `passwordFile`. */
export function connectionUrl(passwordFile: string, port: number): string {
  const password = encodeURIComponent(readFileSync(passwordFile, "utf8").trim());
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}
