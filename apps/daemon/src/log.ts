import { redactPatterns } from "@headcount/redaction/redactor";

export type LogLevel = "debug" | "info" | "warn" | "error";

/** One line per event. Fields are small scalars; never a token, a prompt or transcript text. */
export type Log = (
  level: LogLevel,
  message: string,
  fields?: Readonly<Record<string, string | number | boolean | null>>,
) => void;

/**
 * Writes lines `time level message key=value …`. Errors quote what others have said, so every line
 * goes through `redact`, which removes what looks like a key unless it is stated.
 */
export function makeLog(
  write: (line: string) => void,
  redact: (line: string) => string = redactPatterns,
): Log {
  return (level, message, fields = {}) => {
    const rest = Object.entries(fields).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
    write(redact(`${new Date().toISOString()} ${level} ${message}${rest.join("")}`) + "\n");
  };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
