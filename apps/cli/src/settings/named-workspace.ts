import type { CallApi } from "../api/api.ts";
import { CliError, invalidUse } from "../errors/cli-error.ts";
import type { GlobalOptions } from "../global-options.ts";
import type { Io } from "../io.ts";
import type { Profile } from "./profile.ts";
import type { TaskMode } from "./task-mode.ts";

/** The workspace in use, and who has named it. */
export type NamedWorkspace = {
  /** Its slug or id. */
  readonly name: string;
} & (
  | { readonly by: "profile"; readonly profile: string }
  // A membership names the only workspace that the person belongs to.
  | { readonly by: "flag" | "environment" | "task" | "membership" }
);

/** @throws CliError when none is named and the person does not belong to exactly one */
export async function nameWorkspace(
  io: Io,
  global: GlobalOptions,
  parts: {
    readonly taskMode: TaskMode | null;
    readonly profile: () => Promise<Profile>;
    readonly call: CallApi;
  },
): Promise<NamedWorkspace> {
  if (parts.taskMode) return { name: parts.taskMode.workspace, by: "task" };
  if (global.workspace) return { name: global.workspace, by: "flag" };
  const fromEnvironment = io.environment["HEADCOUNT_WORKSPACE"];
  if (fromEnvironment) return { name: fromEnvironment, by: "environment" };
  const { name: profile, config } = await parts.profile();
  if (config.workspace) return { name: config.workspace, by: "profile", profile };
  const { items } = await parts.call("workspaces.list", {});
  const [only] = items;
  if (only && items.length === 1) return { name: only.slug, by: "membership" };
  if (!only)
    throw new CliError("You belong to no workspace yet.", {
      nextStep: "Create one: `headcount workspace create --name NAME --slug SLUG`.",
    });
  throw invalidUse(
    `You belong to ${items.length} workspaces and none is chosen.`,
    `Choose one with \`headcount workspace switch SLUG\` or --workspace: ${items.map((item) => item.slug).join(", ")}.`,
  );
}
