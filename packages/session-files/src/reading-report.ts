/** What reading came across besides usage; grows while files are read. */
export type ReadingReport = {
  /** Lines that looked like usage and were no JSON, and lines above the limit. */
  brokenLines: number;
  /** Bytes that have been read from files with lines. */
  readBytes: number;
  /** Files that could not be read, with the reason. */
  readonly unreadable: { readonly path: string; readonly reason: string }[];
};

export function createReadingReport(): ReadingReport {
  return { brokenLines: 0, readBytes: 0, unreadable: [] };
}
