import type { ReadingReport } from "@headcount/session-files/reading-report";
import type { Io } from "../../io.ts";
import { languageOf } from "../../language/language.ts";
import { translate } from "../../language/translate.ts";
import { cutToWidth } from "../../output/display-width.ts";
import { drawBar } from "../../output/draw-bar.ts";
import { formatBytes } from "../../output/format-bytes.ts";
import { formatCount } from "../../output/format-count.ts";
import { inkOf } from "../../output/ink.ts";

/** One line on a person's terminal that grows with the bytes that have been read; silent elsewhere. */
export type Progress = {
  begin(title: string, sizeBytes: number, report: ReadingReport): void;
  show(calls: number): void;
  end(): void;
};

const barColumns = 24;
const drawEveryMs = 100;

export function createProgress(
  io: Pick<Io, "stdout" | "stderr" | "environment">,
  totalBytes: number,
): Progress {
  const language = languageOf(io.environment);
  const ink = inkOf({ stdout: io.stderr, environment: io.environment });
  let doneBytes = 0;
  let file = { title: "", sizeBytes: 0, startedAt: 0 };
  let report: ReadingReport | null = null;
  let calls = 0;
  let drawnAt = 0;
  let isDrawn = false;

  const draw = (): void => {
    if (!io.stderr.isTerminal || Date.now() - drawnAt < drawEveryMs) return;
    drawnAt = Date.now();
    isDrawn = true;
    const readBytes = Math.min(file.sizeBytes, (report?.readBytes ?? 0) - file.startedAt);
    const share = totalBytes === 0 ? 1 : (doneBytes + readBytes) / totalBytes;
    const bar = drawBar(share, barColumns, ink).padEnd(barColumns);
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    const sentence = translate(
      `Reading ${file.title}: ${formatBytes(doneBytes + readBytes)} of ${formatBytes(totalBytes)}, ${formatCount(calls)} calls`,
      language,
    );
    // A line that wraps could not be drawn over.
    const line = cutToWidth(`${bar} ${percent}% ${sentence}`, (io.stderr.columns || 80) - 1);
    io.stderr.write(`\r\u{1B}[K${line}`);
  };

  // Within one large file nothing but the bytes that have been read moves.
  const timer = setInterval(draw, drawEveryMs);
  timer.unref();

  return {
    begin(title, sizeBytes, to) {
      doneBytes += file.sizeBytes;
      report = to;
      file = { title, sizeBytes, startedAt: to.readBytes };
      draw();
    },
    show(count) {
      calls = count;
      draw();
    },
    end() {
      clearInterval(timer);
      if (isDrawn) io.stderr.write("\r\u{1B}[K");
      isDrawn = false;
    },
  };
}
