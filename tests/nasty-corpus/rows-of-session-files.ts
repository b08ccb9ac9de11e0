import type { NastyRow } from "./support/nasty-row.ts";
import { importFileByFile, servedToSessions } from "./support/session-files.ts";

const cli = "qwen";
const served = servedToSessions(cli);

/** What the files that CLIs keep of their sessions invite to miscount. */
export const rowsOfSessionFiles: readonly NastyRow[] = [
  {
    trap: "a forked session whose file begins with a copy of the calls of another one",
    elsewhere: "Every fork and every resumed session is imported with its whole history again.",
    seenWith: "Qwen Code, Claude Code, pi, Kimi Code, Codex before 0.169",
    startsAt: "2026-11-22T09:00:00Z",
    async feed(books) {
      // Each file by itself, the forks first, and everything twice.
      for (const order of ["as found", "the other way round", "as found"] as const) {
        await importFileByFile(books, cli, order);
      }
    },
    expects: {
      models: [...served].map(([model, tokens]) => ({
        provider: "unknown",
        model,
        ...tokens,
        costUsd: null,
        unpricedTokens: tokens.input + tokens.cacheRead + tokens.output,
      })),
      costUsd: null,
    },
  },
];
