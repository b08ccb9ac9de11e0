import type { ServerConfig } from "@headcount/server/platform/config";
import { CliError } from "../errors/cli-error.ts";

const nextSteps: Readonly<Record<string, string>> = {
  ConfigError: "See `headcount server --help`.",
  MigrationError:
    "Start the version of Headcount that last used this database, or restore a backup.",
};

/** One sentence and the next step for everything that can keep the platform from starting. */
export function serverStartError(error: unknown, config: ServerConfig | null): CliError {
  if (!(error instanceof Error)) return new CliError(String(error));
  const ownStep: unknown = Reflect.get(error, "nextStep");
  const nextStep = typeof ownStep === "string" ? ownStep : nextSteps[error.name];
  if (nextStep) return new CliError(sentence(error.message), { nextStep, cause: error });
  const code = "code" in error ? String(error.code) : "";
  if (["EACCES", "EPERM", "EROFS"].includes(code) && config) {
    return new CliError(`The data directory ${config.dataDirectory} cannot be written.`, {
      nextStep: "Choose another one with --data-dir, or change its permissions.",
      cause: error,
    });
  }
  if (config?.databaseUrl && isConnectionFailure(code)) {
    return new CliError(`The database in DATABASE_URL cannot be reached (${code}).`, {
      nextStep: "Check that it runs and that the address, user and password are right.",
      cause: error,
    });
  }
  return new CliError(`The server could not start: ${sentence(error.message)}`, {
    nextStep: "Run it again with --debug for the cause.",
    cause: error,
  });
}

/** Refused, unknown host, timed out; 28xxx is a refused password, 3D000 an unknown database. */
function isConnectionFailure(code: string): boolean {
  return /^(ECONN|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|CONNECT|28|3D000)/.test(code);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
