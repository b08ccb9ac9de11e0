import type { OptionSpecs } from "./option-spec.ts";

/** Flags of every command. */
export const globalOptions = {
  serverUrl: { value: "URL", summary: "server to talk to" },
  workspace: { value: "NAME", summary: "workspace, by slug or id" },
  profile: { value: "NAME", summary: "settings and daemon to use" },
  output: { value: "FORM", choices: ["table", "json", "csv"], summary: "form of the output" },
  yes: { summary: "answer yes to every question" },
  fullId: { summary: "show whole ids in tables" },
  allowExternalFile: { summary: "read files outside of the current directory" },
  quiet: { summary: "no hints on stderr" },
  debug: { summary: "show causes and exchanges on stderr" },
} as const satisfies OptionSpecs;

export type GlobalOptions = {
  readonly serverUrl?: string;
  readonly workspace?: string;
  readonly profile?: string;
  readonly output?: "table" | "json" | "csv";
  readonly yes?: boolean;
  readonly fullId?: boolean;
  readonly allowExternalFile?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
};
