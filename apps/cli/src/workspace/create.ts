import { defineCommand } from "../command.ts";
import { requireOption } from "../input/require-option.ts";

export const workspaceCreate = defineCommand({
  name: "workspace create",
  summary: "Create a workspace and own it",
  route: "workspaces.create",
  refusedInTask: true,
  options: {
    name: { value: "NAME", summary: "what people call it (required)" },
    slug: { value: "SLUG", summary: "its place in addresses; made from the name unless stated" },
    issuePrefix: { value: "PREFIX", summary: "beginning of issue keys, like ACME" },
    description: { value: "TEXT", summary: "what it is for" },
  },
  examples: ["headcount workspace create --name Acme --slug acme"],
  async run(cli, { options }) {
    const name = requireOption("name", options.name);
    return cli.call("workspaces.create", {
      name,
      slug: options.slug ?? slugOf(name),
      ...(options.issuePrefix ? { issuePrefix: options.issuePrefix } : {}),
      ...(options.description ? { description: options.description } : {}),
    });
  },
});

/** `My workspace` → `my-workspace`; the server says what is wrong with what is left. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 48);
}
