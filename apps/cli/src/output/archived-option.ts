import type { Cli } from "../cli.ts";

/** Flag of lists that leave out what has ended. */
export const archivedOption = { archived: { summary: "those that are archived instead" } } as const;

/** What such a list asks for. */
export const archivedInput = async (
  cli: Cli,
  { archived }: { readonly archived: boolean | undefined },
): Promise<{ readonly workspace: string; readonly archived: boolean }> => ({
  workspace: await cli.workspace(),
  archived: archived === true,
});
