import { StringDecoder } from "node:string_decoder";

/** A line longer than this ends the run: 32 MiB. */
export const maximumLineBytes = 32 * 1024 * 1024;

export type LineReaderOptions = {
  readonly onLine: (line: string) => void;
  /** Called once; no line is delivered afterwards. The caller ends the writer. */
  readonly onOverflow: () => void;
  readonly maximumBytes?: number;
};

export type LineReader = {
  push(chunk: Uint8Array): void;
  /** Delivers a last line that has no line end. */
  end(): void;
};

/**
 * Splits a byte stream into lines. Characters may be split over chunks, line ends may be LF or
 * CRLF, and the last line may lack one.
 */
export function createLineReader(options: LineReaderOptions): LineReader {
  const maximum = options.maximumBytes ?? maximumLineBytes;
  const decoder = new StringDecoder("utf8");
  let parts: string[] = [];
  let pendingBytes = 0;
  let closed = false;

  const overflow = (): void => {
    closed = true;
    parts = [];
    options.onOverflow();
  };
  const deliver = (rest: string): void => {
    parts.push(rest);
    const line = parts.join("");
    parts = [];
    pendingBytes = 0;
    options.onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  };

  return {
    push(chunk) {
      if (closed) return;
      let start = 0;
      while (!closed) {
        const end = chunk.indexOf(0x0a, start);
        const stop = end === -1 ? chunk.length : end;
        pendingBytes += stop - start;
        if (pendingBytes > maximum) return overflow();
        const text = decoder.write(chunk.subarray(start, stop));
        if (end === -1) {
          if (text !== "") parts.push(text);
          return;
        }
        deliver(text);
        start = end + 1;
      }
    },
    end() {
      if (closed) return;
      closed = true;
      const rest = decoder.end();
      if (parts.length === 0 && rest === "") return;
      deliver(rest);
    },
  };
}
