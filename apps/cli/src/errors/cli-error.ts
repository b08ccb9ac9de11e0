/** What the process ends with; scripts rely on these numbers. */
export const exitCodes = {
  failure: 1,
  network: 2,
  permission: 3,
  notFound: 4,
  invalid: 5,
  conflict: 6,
  limit: 7,
  interrupted: 130,
} as const;

export type CliErrorFields = {
  readonly exitCode?: number;
  /** What a person can do about it, one sentence or a command. */
  readonly nextStep?: string | undefined;
  readonly cause?: unknown;
};

/** A failure that a person can understand: one sentence and, where there is one, the next step. */
export class CliError extends Error {
  readonly exitCode: number;
  readonly nextStep: string | null;

  constructor(message: string, fields: CliErrorFields = {}) {
    super(message, { cause: fields.cause });
    this.name = "CliError";
    this.exitCode = fields.exitCode ?? exitCodes.failure;
    this.nextStep = fields.nextStep ?? null;
  }
}

/** The words on the command line make no sense. */
export function invalidUse(message: string, nextStep?: string): CliError {
  return new CliError(message, { exitCode: exitCodes.invalid, nextStep });
}
