/** What reading came across besides usage; grows while files are read. */
export type ReadingReport = {
  /** Lines that looked like usage and were no JSON, and lines above the limit. */
  brokenLines: number;
  /** Files that could not be read, with the reason. */
  readonly unreadable: { readonly path: string; readonly reason: string }[];
};

export function createReadingReport(): ReadingReport {
  return { brokenLines: 0, unreadable: [] };
}
