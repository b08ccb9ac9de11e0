import { defineCommand } from "../command.ts";
import { longTextOptions, readLongText } from "../input/long-text.ts";
import { requireOption } from "../input/require-option.ts";
import { printSkill } from "./skill-words.ts";

export const skillCreate = defineCommand({
  name: "skill create",
  summary: "Create a skill",
  details:
    "A skill tells agents how one kind of work is done. The description decides when an agent reads it, so say when it helps.",
  route: "skills.create",
  options: {
    name: { value: "NAME", summary: "what people call it (required)" },
    description: { value: "TEXT", summary: "what it is for and when to use it (required)" },
    ...longTextOptions("content", "text of SKILL.md, Markdown"),
    label: { value: "LABEL", multiple: true, summary: "label; repeat for several" },
  },
  examples: [
    'headcount skill create --name "Release notes" --description "How we write release notes." --content-file notes.md',
  ],
  async run(cli, { options }) {
    const name = requireOption("name", options.name);
    const description = requireOption("description", options.description);
    const instructions = (await readLongText(cli, "content", options)) ?? "";
    return cli.call("skills.create", {
      workspace: await cli.workspace(),
      name,
      description,
      instructions,
      labels: [...(options.label ?? [])],
    });
  },
  print: printSkill,
});
