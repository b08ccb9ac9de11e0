import os from "node:os";
import path from "node:path";

/** Everything that is decided outside of the server, read once at start. */
export type ServerConfig = {
  readonly host: string;
  readonly port: number;
  /** Origin under which people reach the server; null = the listener's. */
  readonly publicUrl: string | null;
  readonly allowedOrigins: readonly string[];
  readonly dataDirectory: string;
  /** External PostgreSQL; null = the embedded one. */
  readonly databaseUrl: string | null;
  readonly databaseListenUrl: string | null;
  readonly databaseMaxConnections: number;
  readonly secretKey: string | null;
  readonly localDaemon: boolean;
  readonly roles: ReadonlySet<ServerRole>;
  readonly signUp: "invite_only" | "open" | "closed";
  readonly reconnectGraceSeconds: number;
  readonly logLevel: string;
  readonly environment: "production" | "development";
};

export type ServerRole = "api" | "realtime" | "jobs" | "web";
const allRoles: readonly ServerRole[] = ["api", "realtime", "jobs", "web"];

/** A setting that would mislead silently; its message says what to change. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

export type ServerFlags = {
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly roles?: string | undefined;
  readonly localDaemon?: boolean | undefined;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Flag → `HEADCOUNT_*` → default. @throws ConfigError */
export function readServerConfig(flags: ServerFlags, environment: Environment): ServerConfig {
  const value = (name: string): string | null => {
    const found = environment[name];
    return found === undefined || found === "" ? null : found;
  };
  const environmentName = value("HEADCOUNT_ENV") ?? "production";
  if (environmentName !== "production" && environmentName !== "development") {
    throw new ConfigError(
      `HEADCOUNT_ENV is "${environmentName}"; it must be production or development.`,
    );
  }
  return {
    host: flags.host ?? value("HEADCOUNT_HOST") ?? "127.0.0.1",
    port: parsePort(flags.port ?? value("HEADCOUNT_PORT") ?? "8080"),
    publicUrl: parsePublicUrl(value("HEADCOUNT_PUBLIC_URL")),
    allowedOrigins: (value("HEADCOUNT_ALLOWED_ORIGINS") ?? "")
      .split(",")
      .filter((origin) => origin !== ""),
    dataDirectory: path.resolve(
      flags.dataDir ??
        value("HEADCOUNT_DATA_DIR") ??
        path.join(os.homedir(), ".headcount", "server"),
    ),
    databaseUrl: parseDatabaseUrl(value("DATABASE_URL")),
    databaseListenUrl: parseDatabaseUrl(value("HEADCOUNT_DATABASE_LISTEN_URL")),
    databaseMaxConnections: parseCount(value("HEADCOUNT_DATABASE_MAX_CONNS"), 16),
    secretKey: value("HEADCOUNT_SECRET_KEY"),
    localDaemon:
      flags.localDaemon ??
      parseSwitch("HEADCOUNT_LOCAL_DAEMON", value("HEADCOUNT_LOCAL_DAEMON"), true),
    roles: parseRoles(flags.roles ?? value("HEADCOUNT_ROLES")),
    signUp: parseSignUp(value("HEADCOUNT_SIGNUP")),
    reconnectGraceSeconds: Math.max(150, parseCount(value("HEADCOUNT_RECONNECT_GRACE"), 3 * 3600)),
    logLevel: value("HEADCOUNT_LOG_LEVEL") ?? "info",
    environment: environmentName,
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ConfigError(`The port "${text}" is not a number between 0 and 65535.`);
}

function parsePublicUrl(text: string | null): string | null {
  if (text === null) return null;
  const url = URL.parse(text);
  if (url && (url.protocol === "http:" || url.protocol === "https:")) return url.origin;
  throw new ConfigError(`HEADCOUNT_PUBLIC_URL is "${text}"; it must be an http or https address.`);
}

function parseDatabaseUrl(text: string | null): string | null {
  if (text === null || /^postgres(ql)?:\/\//.test(text)) return text;
  throw new ConfigError("DATABASE_URL must start with postgres:// or postgresql://.");
}

function parseCount(text: string | null, fallback: number): number {
  const count = text === null ? fallback : Number(text);
  return Number.isInteger(count) && count > 0 ? count : fallback;
}

function parseSwitch(name: string, text: string | null, fallback: boolean): boolean {
  if (text === null) return fallback;
  if (["on", "true", "1", "yes"].includes(text)) return true;
  if (["off", "false", "0", "no"].includes(text)) return false;
  throw new ConfigError(`${name} is "${text}"; it must be on or off.`);
}

function parseRoles(text: string | null): ReadonlySet<ServerRole> {
  if (text === null) return new Set(allRoles);
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !allRoles.includes(name as ServerRole));
  if (unknown !== undefined)
    throw new ConfigError(`"${unknown}" is not a role; choose from ${allRoles.join(", ")}.`);
  return new Set(names as ServerRole[]);
}

function parseSignUp(text: string | null): ServerConfig["signUp"] {
  if (text === null) return "invite_only";
  if (text === "invite_only" || text === "open" || text === "closed") return text;
  throw new ConfigError(`HEADCOUNT_SIGNUP is "${text}"; it must be invite_only, open or closed.`);
}
