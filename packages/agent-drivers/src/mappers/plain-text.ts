import { classifyFailure } from "../core/error-classifier.ts";
import { stringAt } from "../core/json.ts";
import type { CreateMapper } from "../core/run-mapper.ts";
import type { FailureClass, RunItem } from "../core/types.ts";
import { createUsageLedger } from "../core/usage-ledger.ts";
import { oneShotResult } from "./one-shot-result.ts";

/** What a program that writes only its answer says beside it. */
export type PlainTextDialect = {
  /** Lines, on stdout or in the run's log, that say that the run failed in spite of exit 0. */
  readonly failures: readonly { readonly pattern: RegExp; readonly class: FailureClass | null }[];
  /** Finds the id of the session in a line of the run's log (first group). */
  readonly sessionInLog: RegExp | null;
};

/**
 * Reads a program whose whole output is its answer. Its terminal event is the end of the process
 * itself: exit 0 with something said. Such a program reports no tokens.
 */
export function plainTextMapper(dialect: PlainTextDialect): CreateMapper {
  return (input) => {
    const said: string[] = [];
    let sessionId: string | null = null;
    let failure: { text: string; class: FailureClass } | null = null;
    const ledger = createUsageLedger({ source: input.usage.source, scope: () => "plain" });
    ledger.degrade("none", input.usage.gap ?? "The program reports no token counts.");

    const noteFailure = (line: string): boolean => {
      const hit = dialect.failures.find(({ pattern }) => pattern.test(line));
      if (hit === undefined) return false;
      failure ??= { text: line.trim(), class: hit.class ?? classifyFailure({ text: line }) };
      return true;
    };

    return {
      accept(line) {
        if (noteFailure(line)) return [];
        said.push(line);
        return line.trim() === "" ? [] : [{ type: "text", text: `${line}\n` }];
      },
      isTerminal: () => false,
      acceptSessionFile(lines): readonly RunItem[] {
        for (const line of lines) {
          const log = stringAt(line, "log") ?? "";
          noteFailure(log);
          sessionId ??= dialect.sessionInLog?.exec(log)?.[1] ?? null;
        }
        return sessionId === null ? [] : [{ type: "status", text: "Session ended", sessionId }];
      },
      finish(ending) {
        const answer = said.join("\n").trim();
        const ended = ending.cause === "ended" && ending.exit?.code === 0;
        return oneShotResult(
          {
            completed: ended && failure === null && answer !== "",
            failure,
            answer,
            sessionId,
            resumeRejected: false,
            gap: null,
          },
          ending,
          ledger,
        );
      },
    };
  };
}
