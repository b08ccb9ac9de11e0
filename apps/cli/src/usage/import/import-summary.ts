import type { ImportResult } from "@headcount/contract/usage/import-schemas";
import { totalTokens } from "@headcount/session-files/kit/token-counts";
import type { ReadingReport } from "@headcount/session-files/reading-report";
import type { SessionCliId, SessionUsage } from "@headcount/session-files/session-usage";

/** What was found in the files of one CLI, and what became of it. */
export type ImportSummary = {
  readonly cli: SessionCliId;
  readonly title: string;
  /** Files that were read, and files left alone because they have not changed since the last import. */
  readonly files: number;
  readonly unchangedFiles: number;
  readonly sessions: number;
  /** Calls, each once. */
  readonly events: number;
  /** Decimal text: years of work may be more than a number holds exactly. */
  readonly tokens: string;
  /** ISO 8601; null without any call. */
  readonly firstUsedAt: string | null;
  readonly lastUsedAt: string | null;
  /** Repetitions in forked and resumed sessions; none of them was sent. */
  readonly repeated: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly corrected: number;
  readonly rejected: number;
  readonly rejectedFor: Readonly<Record<string, number>>;
  readonly brokenLines: number;
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** What this CLI's files cannot tell. */
  readonly gap: string | null;
};

export type SummaryInProgress = {
  count(usage: SessionUsage): void;
  answered(results: readonly ImportResult[]): void;
  calls(): number;
  result(end: {
    readonly files: number;
    readonly repeated: number;
    readonly report: ReadingReport;
  }): ImportSummary;
};

export function createImportSummary(of: {
  readonly id: SessionCliId;
  readonly title: string;
  readonly gap: string | null;
  readonly unchanged: number;
}): SummaryInProgress {
  const sessions = new Set<string>();
  const results = { stored: 0, duplicate: 0, corrected: 0, rejected: 0 };
  const rejectedFor: Record<string, number> = {};
  let events = 0;
  let tokens = 0n;
  let firstUsedAt: string | null = null;
  let lastUsedAt: string | null = null;
  return {
    count(usage) {
      sessions.add(usage.sessionId);
      events += 1;
      tokens += BigInt(totalTokens(usage));
      if (firstUsedAt === null || usage.usedAt < firstUsedAt) firstUsedAt = usage.usedAt;
      if (lastUsedAt === null || usage.usedAt > lastUsedAt) lastUsedAt = usage.usedAt;
    },
    answered(answers) {
      for (const { result, reason } of answers) {
        results[result] += 1;
        if (reason !== null) rejectedFor[reason] = (rejectedFor[reason] ?? 0) + 1;
      }
    },
    calls: () => events,
    result: ({ files, repeated, report }) => ({
      cli: of.id,
      title: of.title,
      files,
      unchangedFiles: of.unchanged,
      sessions: sessions.size,
      events,
      tokens: tokens.toString(),
      firstUsedAt,
      lastUsedAt,
      repeated,
      ...results,
      rejectedFor,
      brokenLines: report.brokenLines,
      unreadable: report.unreadable,
      gap: of.gap,
    }),
  };
}
