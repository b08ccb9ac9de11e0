import path from "node:path";
import type { Cli } from "../cli.ts";
import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { readAllowedFile } from "../input/long-text.ts";
import { countProgress } from "../output/count-progress.ts";

type Source =
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "archive"; readonly fileName: string; readonly data: string };

const sentences = {
  created: "was imported",
  overwritten: "was replaced",
  renamed: "was imported under another name",
  skipped: "was there already and stays as it is",
} as const;

export const skillImport = defineCommand({
  name: "skill import",
  summary: "Import a skill from a file or an address",
  details:
    "A file is a .zip or .skill archive of at most 16 MiB. An address leads to such a file, to a SKILL.md, or to a folder of a repository on GitHub.",
  route: "skills.import",
  format: "table",
  options: {
    url: { value: "URL", summary: "address to read from" },
    file: { value: "PATH", summary: "archive to read" },
    onConflict: {
      value: "WHAT",
      choices: ["fail", "overwrite", "rename", "skip"],
      summary: "when the name is taken; fails unless stated",
    },
  },
  examples: [
    "headcount skill import --file review.skill",
    "headcount skill import --url https://github.com/acme/skills/tree/main/review --on-conflict rename",
  ],
  async run(cli, { options }) {
    if ((options.url === undefined) === (options.file === undefined)) {
      throw invalidUse("Use one of --url and --file.");
    }
    const progress = countProgress(cli, 2);
    try {
      progress.show(0, "reading");
      const source: Source = options.url
        ? { kind: "url", url: options.url }
        : await readArchive(cli, options.file ?? "");
      progress.show(1, source.kind === "url" ? "the server reads it" : "sending");
      // The parser admits only the words that are listed above.
      const onConflict = options.onConflict as "fail" | "overwrite" | "rename" | "skip" | undefined;
      return await cli.call("skills.import", {
        workspace: await cli.workspace(),
        source,
        ...(onConflict === undefined ? {} : { onConflict }),
      });
    } finally {
      progress.end();
    }
  },
  print({ outcome, skill }, printer) {
    printer.line(`${skill.name} ${sentences[outcome]}: ${skill.fileCount} files.`);
  },
});

async function readArchive(cli: Cli, file: string): Promise<Source> {
  const bytes = await readAllowedFile(cli, file);
  return { kind: "archive", fileName: path.basename(file), data: bytes.toString("base64") };
}
