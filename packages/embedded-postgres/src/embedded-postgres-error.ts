/** Why the embedded PostgreSQL could not be started or stopped. */
export type EmbeddedPostgresFailure =
  | "binaries_missing"
  | "data_directory_not_writable"
  | "disk_full"
  | "no_unprivileged_user"
  | "initialisation_failed"
  | "start_failed"
  | "stop_failed";

/** `message` says what is wrong in one sentence, `nextStep` what a person can do about it. */
export class EmbeddedPostgresError extends Error {
  readonly failure: EmbeddedPostgresFailure;
  readonly nextStep: string;

  constructor(
    failure: EmbeddedPostgresFailure,
    text: { readonly message: string; readonly nextStep: string },
    options?: ErrorOptions,
  ) {
    super(text.message, options);
    this.name = "EmbeddedPostgresError";
    this.failure = failure;
    this.nextStep = text.nextStep;
  }
}
