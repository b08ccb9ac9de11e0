import { redactStrings } from "@headcount/redaction/redact-strings";
import { redactPatterns } from "@headcount/redaction/redactor";
import pino, { type Logger } from "pino";

export type Log = Logger;

export type LogOptions = {
  readonly level: string;
  /** Stream that receives lines; standard error by default, standard output is for people. */
  readonly destination?: NodeJS.WritableStream;
};

/** Structured log lines. Bodies and credentials are never passed in, so nothing has to be removed. */
export function createLog(options: LogOptions): Log {
  const destination = options.destination ?? process.stderr;
  return pino(
    { level: options.level, base: null, serializers: { err: withoutValues } },
    destination as pino.DestinationStream,
  );
}

/** PostgreSQL quotes rows and values in these members of its errors. */
const quoting = ["detail", "where", "query", "parameters"];

function withoutValues(error: Error): Record<string, unknown> {
  const entries = Object.entries(pino.stdSerializers.err(error));
  const rest = Object.fromEntries(entries.filter(([name]) => !quoting.includes(name)));
  return redactStrings(rest, { redact: redactPatterns });
}
