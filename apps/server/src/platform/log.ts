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
  return pino({ level: options.level, base: null }, destination as pino.DestinationStream);
}
