import type { Io } from "../io.ts";

/** Block characters where a person's terminal shows them, plain ASCII everywhere else. */
export type Ink = "blocks" | "ascii";

/** Pipes, files, dumb terminals and character sets other than UTF-8 get ASCII. */
export function inkOf({ stdout, environment }: Pick<Io, "stdout" | "environment">): Ink {
  if (!stdout.isTerminal || environment["TERM"] === "dumb") return "ascii";
  const locale = environment["LC_ALL"] || environment["LC_CTYPE"] || environment["LANG"];
  // Without any locale a terminal of today is one of UTF-8.
  return locale === undefined || locale === "" || /utf-?8/i.test(locale) ? "blocks" : "ascii";
}
