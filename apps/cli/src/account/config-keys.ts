import { parseDurationMs } from "@headcount/domain/kit/parse-duration";
import { invalidUse } from "../errors/cli-error.ts";
import type { CliSection, ProfileConfig } from "../settings/profile-config.ts";

/** Words of `config set` that are the same for every CLI come first; `claude.model` and so on after. */
export const configKeys = [
  "server_url",
  "workspace",
  "device_name",
  "work_root",
  "max_tasks",
  "poll_interval",
  "log_level",
] as const;
export type ConfigKey = (typeof configKeys)[number];

const cliKey = /^([a-z][a-z0-9-]{0,30})\.(path|model|args|enabled)$/;

/**
 * Changes one setting; an empty value clears it.
 * @throws CliError exit 5 for an unknown key or a value that makes no sense
 */
export function setConfig(config: ProfileConfig, key: string, text: string): ProfileConfig {
  const cli = cliKey.exec(key);
  if (cli) return setCli(config, { cli: cli[1] ?? "", field: cli[2] ?? "", text });
  const known = configKeys.find((one) => one === key);
  if (!known) {
    const keys = [...configKeys, "CLI.path", "CLI.model", "CLI.args", "CLI.enabled"].join(", ");
    throw invalidUse(`"${key}" is no setting.`, `Choose from ${keys}.`);
  }
  const value = text.trim() === "" ? undefined : text.trim();
  switch (known) {
    case "server_url":
      return without({ ...config, serverUrl: value && checkedUrl(value) });
    case "workspace":
      return without({ ...config, workspace: value });
    case "log_level":
      return without({
        ...config,
        logLevel: value && oneOf(value, ["debug", "info", "warn", "error"]),
      });
    case "poll_interval":
      return without({ ...config, pollInterval: value && checkedDuration(value) });
    case "device_name":
      return setDaemon(config, { deviceName: value });
    case "work_root":
      return setDaemon(config, { workRoot: value && checkedPath(value) });
    case "max_tasks":
      return setDaemon(config, { slots: value === undefined ? undefined : checkedSlots(value) });
  }
}

/** A settings file with some fields set to undefined, which means cleared. */
type Cleared<Fields> = { readonly [Key in keyof Fields]?: Fields[Key] | undefined };

function setDaemon(
  config: ProfileConfig,
  change: Cleared<NonNullable<ProfileConfig["daemon"]>>,
): ProfileConfig {
  return { ...config, daemon: without({ ...config.daemon, ...change }) };
}

function setCli(
  config: ProfileConfig,
  { cli, field, text }: { readonly cli: string; readonly field: string; readonly text: string },
): ProfileConfig {
  const before = config.daemon?.clis?.[cli] ?? {};
  const value = text.trim() === "" ? undefined : text.trim();
  const changed: CliSection = without({ ...before, ...cliChange(field, value) });
  return setDaemon(config, { clis: { ...config.daemon?.clis, [cli]: changed } });
}

function cliChange(field: string, value: string | undefined): Cleared<CliSection> {
  if (field === "path") return { path: value && checkedPath(value) };
  if (field === "model") return { model: value };
  if (field === "args") return { arguments: value?.split(/\s+/) };
  return { enabled: value === undefined ? undefined : oneOf(value, ["true", "false"]) === "true" };
}

/** Drops undefined values; JSON would do so as well, the types would not notice. */
function without<Fields extends object>(fields: Cleared<Fields>): Fields {
  // Only optional fields are ever cleared, so what is left is a whole record of its type.
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Fields;
}

function checkedUrl(text: string): string {
  const url = URL.parse(text);
  if (url && (url.protocol === "http:" || url.protocol === "https:")) return url.origin;
  throw invalidUse(
    `"${text}" is no address of a server.`,
    "Write it like https://headcount.example.",
  );
}

function checkedDuration(text: string): string {
  try {
    if (parseDurationMs("poll_interval", text) !== null) return text;
  } catch {
    // The same answer as for `off`, which no poll interval can be.
  }
  throw invalidUse(`"${text}" is no duration.`, "Write it like 30s, 5m or 2h.");
}

function checkedPath(text: string): string {
  if (text.startsWith("/") || /^[A-Za-z]:\\/.test(text)) return text;
  throw invalidUse(`"${text}" is no absolute path.`, "Write the whole path.");
}

function checkedSlots(text: string): number {
  const slots = Number(text);
  if (Number.isInteger(slots) && slots >= 1 && slots <= 200) return slots;
  throw invalidUse(`"${text}" is no number of tasks.`, "Write a whole number from 1 to 200.");
}

function oneOf(text: string, choices: readonly string[]): string {
  if (choices.includes(text)) return text;
  throw invalidUse(`"${text}" is not possible here.`, `Choose from ${choices.join(", ")}.`);
}
