import os from "node:os";
import path from "node:path";
import { parseDurationMs } from "@headcount/domain/kit/parse-duration";
import { isLoopback, type MetricsAddress, parseMetricsAddress } from "./metrics-address.ts";
import { minimumSilenceMs } from "@headcount/domain/tasks/transitions";

/** Everything that is decided outside of the server, read once at start. */
export type ServerConfig = {
  readonly host: string;
  readonly port: number;
  /** Origin under which people reach the server; null = the listener's. */
  readonly publicUrl: string | null;
  readonly allowedOrigins: readonly string[];
  /** Hosts (`host` or `host:port`) that skills may be imported from although they are not public. */
  readonly importHosts: readonly string[];
  readonly dataDirectory: string;
  /** External PostgreSQL; null = the embedded one. */
  readonly databaseUrl: string | null;
  readonly databaseListenUrl: string | null;
  readonly databaseMaxConnections: number;
  readonly secretKey: string | null;
  readonly localDaemon: boolean;
  readonly roles: ReadonlySet<ServerRole>;
  readonly signUp: "invite_only" | "open" | "closed";
  /** A lost machine may come back for this long before its runs count as lost. */
  readonly reconnectGraceMs: number;
  /** Where metrics are served and to whom; null = nowhere. */
  readonly metrics: { readonly address: MetricsAddress; readonly token: string | null } | null;
  readonly logLevel: string;
  readonly environment: "production" | "development";
  /** Settings that could not be read and stand at their defaults: one sentence each. */
  readonly warnings: readonly string[];
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

const defaultReconnectGraceMs = 3 * 60 * 60_000;

/**
 * Flag → `HEADCOUNT_*` → default. A malformed number or duration takes the default and is named in
 * the warnings. @throws ConfigError when anything else is malformed
 */
export function readServerConfig(flags: ServerFlags, environment: Environment): ServerConfig {
  const value = (name: string): string | null => {
    const found = environment[name];
    return found === undefined || found === "" ? null : found;
  };
  const warnings: string[] = [];
  const warn = (warning: string): number => warnings.push(warning);
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
    allowedOrigins: listOf(value("HEADCOUNT_ALLOWED_ORIGINS")),
    importHosts: listOf(value("HEADCOUNT_IMPORT_HOSTS")).map((host) => host.toLowerCase()),
    dataDirectory: path.resolve(
      flags.dataDir ??
        value("HEADCOUNT_DATA_DIR") ??
        path.join(os.homedir(), ".headcount", "server"),
    ),
    databaseUrl: parseDatabaseUrl(value("DATABASE_URL")),
    databaseListenUrl: parseDatabaseUrl(value("HEADCOUNT_DATABASE_LISTEN_URL")),
    databaseMaxConnections: readCount("HEADCOUNT_DATABASE_MAX_CONNS", value, 16, warn),
    secretKey: value("HEADCOUNT_SECRET_KEY"),
    localDaemon:
      flags.localDaemon ??
      parseSwitch("HEADCOUNT_LOCAL_DAEMON", value("HEADCOUNT_LOCAL_DAEMON"), true),
    roles: parseRoles(flags.roles ?? value("HEADCOUNT_ROLES")),
    signUp: parseSignUp(value("HEADCOUNT_SIGNUP")),
    reconnectGraceMs: readReconnectGraceMs(value("HEADCOUNT_RECONNECT_GRACE"), warn),
    metrics: readMetrics(value, warn),
    logLevel: value("HEADCOUNT_LOG_LEVEL") ?? "info",
    environment: environmentName,
    warnings,
  };
}

function listOf(text: string | null): string[] {
  return (text ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
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

function readCount(
  name: string,
  value: (name: string) => string | null,
  fallback: number,
  warn: (warning: string) => void,
): number {
  const text = value(name) ?? String(fallback);
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  warn(`${name} is "${text}"; it must be a whole number above 0. ${fallback} is used.`);
  return fallback;
}

/** Never shorter than the silence after which a machine counts as offline. */
function readReconnectGraceMs(text: string | null, warn: (warning: string) => void): number {
  if (text === null) return defaultReconnectGraceMs;
  const wanted = tryDurationMs(text);
  if (wanted === null) {
    warn(`HEADCOUNT_RECONNECT_GRACE is "${text}"; write it like 30m or 3h. 3h is used.`);
    return defaultReconnectGraceMs;
  }
  if (wanted >= minimumSilenceMs) return wanted;
  warn(`HEADCOUNT_RECONNECT_GRACE is "${text}"; it must be 150s or more. 150s is used.`);
  return minimumSilenceMs;
}

/** Off unless an address is stated; what others can reach should ask for a token. */
function readMetrics(
  value: (name: string) => string | null,
  warn: (warning: string) => void,
): ServerConfig["metrics"] {
  const text = value("HEADCOUNT_METRICS_ADDR");
  if (text === null || text === "off") return null;
  const address = parseMetricsAddress(text);
  if (address === null) {
    throw new ConfigError(
      `HEADCOUNT_METRICS_ADDR is "${text}"; write a port such as 9464, or 0.0.0.0:9464.`,
    );
  }
  const token = value("HEADCOUNT_METRICS_TOKEN");
  if (token === null && !isLoopback(address)) {
    warn(`Metrics on ${text} are open to everybody who reaches it; set HEADCOUNT_METRICS_TOKEN.`);
  }
  return { address, token };
}

function tryDurationMs(text: string): number | null {
  try {
    return parseDurationMs("HEADCOUNT_RECONNECT_GRACE", text);
  } catch {
    return null;
  }
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
