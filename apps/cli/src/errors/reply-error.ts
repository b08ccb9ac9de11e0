import { CliError, exitCodes } from "./cli-error.ts";

/** A call that the server answered with an error, or did not answer at all (`status` 0). */
export class ReplyError extends CliError {
  readonly status: number;
  readonly code: string;
  readonly reason: string;
  /** The error's body as it came, for `--output json`; null when it was none of ours. */
  readonly body: unknown;
  readonly retryAfterMs: number | null;

  constructor(fields: {
    readonly status: number;
    readonly code: string;
    readonly reason: string;
    readonly message: string;
    readonly body?: unknown;
    readonly nextStep?: string | undefined;
    readonly retryAfterMs?: number | null;
    readonly cause?: unknown;
  }) {
    super(fields.message, {
      exitCode: exitCodeOfStatus(fields.status),
      nextStep: fields.nextStep,
      cause: fields.cause,
    });
    this.name = "ReplyError";
    this.status = fields.status;
    this.code = fields.code;
    this.reason = fields.reason;
    this.body = fields.body ?? null;
    this.retryAfterMs = fields.retryAfterMs ?? null;
  }

  /** The same answer, told to people in other words. */
  inOtherWords(message: string, nextStep: string): ReplyError {
    const { status, code, reason, body, retryAfterMs, cause } = this;
    return new ReplyError({ status, code, reason, message, body, nextStep, retryAfterMs, cause });
  }

  /** Whether the same call may succeed a moment later. */
  get isTransient(): boolean {
    return exitCodeOfStatus(this.status) === exitCodes.network || this.status === 429;
  }
}

const byStatus: Readonly<Record<number, number>> = {
  0: exitCodes.network,
  400: exitCodes.invalid,
  401: exitCodes.permission,
  403: exitCodes.permission,
  404: exitCodes.notFound,
  408: exitCodes.network,
  409: exitCodes.conflict,
  410: exitCodes.notFound,
  413: exitCodes.invalid,
  422: exitCodes.invalid,
  429: exitCodes.limit,
  502: exitCodes.network,
  503: exitCodes.network,
  504: exitCodes.network,
};

/** The exit code for an HTTP status; 0 stands for no answer at all. */
export function exitCodeOfStatus(status: number): number {
  return byStatus[status] ?? exitCodes.failure;
}
