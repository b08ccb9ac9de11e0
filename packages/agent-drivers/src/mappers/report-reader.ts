import { parseJsonObject, type JsonObject } from "../core/json.ts";

export type ReportReader = {
  /** Takes the next line; the object that ends with it, when there is one. */
  read(line: string): JsonObject | null;
};

/**
 * Finds JSON objects between lines of log output: on one line, or pretty-printed, where only the
 * outermost braces stand at the beginning of a line. Looks at every line once.
 */
export function createReportReader(): ReportReader {
  let open: string[] | null = null;
  return {
    read(line) {
      const text = line.trimEnd();
      if (text === "{") open = [];
      open?.push(text);
      if (text === "}" && open !== null) {
        const whole = open.join("\n");
        open = null;
        return parseJsonObject(whole);
      }
      return open === null && text.startsWith("{") ? parseJsonObject(text) : null;
    },
  };
}
