import type { Io } from "../io.ts";
import { languageOf } from "../language/language.ts";
import { translate } from "../language/translate.ts";
import { safeText } from "../output/safe-text.ts";
import { CliError, exitCodes } from "./cli-error.ts";
import { ReplyError } from "./reply-error.ts";

export type ReportOptions = { readonly debug: boolean; readonly form: "table" | "json" | null };

/** Tells a person what went wrong: one sentence and the next step. @returns the exit code */
export function reportError(io: Io, error: unknown, options: ReportOptions): number {
  if (io.signal.aborted) return exitCodes.interrupted;
  if (options.form === "json" && error instanceof ReplyError && error.body !== null) {
    io.stderr.write(`${JSON.stringify(error.body, null, 2)}\n`);
    return error.exitCode;
  }
  const language = languageOf(io.environment);
  const known = error instanceof CliError ? error : unexpected(error);
  const sentences = [known.message, known.nextStep].filter((text) => text !== null);
  const text = sentences.map((sentence) => translate(sentence, language)).join("\n");
  io.stderr.write(`${withoutTokens(safeText(text))}\n`);
  if (options.debug) io.stderr.write(`${withoutTokens(causes(error))}\n`);
  return known.exitCode;
}

function unexpected(error: unknown): CliError {
  const message = error instanceof Error ? error.message : String(error);
  const nextStep = nextStepOf(error) ?? "Run it again with --debug for the cause.";
  return new CliError(nextStepOf(error) ? message : `Something unexpected went wrong: ${message}`, {
    exitCode: exitCodes.failure,
    nextStep,
  });
}

/** Errors of the packages that start things carry their own next step. */
function nextStepOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const step: unknown = Reflect.get(error, "nextStep");
  return typeof step === "string" ? step : undefined;
}

function causes(error: unknown): string {
  const lines: string[] = [];
  for (let one = error; one !== undefined; one = one instanceof Error ? one.cause : undefined) {
    lines.push(one instanceof Error ? (one.stack ?? one.message) : JSON.stringify(one));
  }
  return lines.join("\ncaused by: ");
}

/** No message may carry a credential, whoever wrote it. */
export function withoutTokens(text: string): string {
  return text.replaceAll(/\bhc[a-z]_[A-Za-z0-9_-]{6,}/g, "[token]");
}
