import { skills } from "@headcount/contract/skills/routes";
import type { ParsedInputOf } from "@headcount/contract/kit/route";
import type { SkillImportOutcome, SkillSource } from "@headcount/contract/skills/schemas";
import type { SkillId } from "@headcount/contract/kit/ids";
import { sanitizeText } from "@headcount/contract/kit/values";
import { freeSkillName } from "@headcount/domain/skills/free-skill-name";
import { foldName } from "@headcount/domain/skills/fold-name";
import type { ReadSkill } from "./archive/read-archive.ts";
import { preparedCommand } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { addSkill } from "./add-skill.ts";
import { assertFiles } from "./check-files.ts";
import { readSkillSource } from "./fetch/read-skill-source.ts";
import { splitFrontMatter } from "./front-matter.ts";
import { findByName, nameTaken } from "./name-taken.ts";
import { getSkill } from "./read-skills.ts";
import { sealSkill } from "./seal-skill.ts";
import { getSkillRow, lockSkill } from "./skill-rights.ts";
import { replaceFiles, type SkillFields, type StoredFile, updateSkillFields } from "./store.ts";

type Input = ParsedInputOf<typeof skills.import>;
type Imported = { readonly fields: SkillFields; readonly files: readonly StoredFile[] };

export const importSkill = preparedCommand(
  skills.import,
  (services, input) => readSkillSource(input.source, services.instance.importHosts),
  async (ctx, input, read) => {
    const imported = toImported(ctx, input, read);
    const { id, outcome } = await settle(ctx, imported, input.onConflict);
    return { outcome, skill: await getSkill(ctx, id) };
  },
);

async function settle(
  ctx: WorkspaceContext,
  { fields, files }: Imported,
  onConflict: Input["onConflict"],
): Promise<{ id: SkillId; outcome: SkillImportOutcome }> {
  const known = await findByName(ctx, fields.name);
  if (known === null) return { id: await addSkill(ctx, fields, files), outcome: "created" };
  switch (onConflict) {
    case "fail":
      throw nameTaken(fields.name);
    case "skip":
      return { id: (await getSkillRow(ctx, known)).id, outcome: "skipped" };
    case "overwrite": {
      const before = await lockSkill(ctx, known, "skill.overwrite");
      await updateSkillFields(ctx, known, { ...fields, name: before.name, labels: before.labels });
      await replaceFiles(ctx, known, files);
      await sealSkill(ctx, known, before);
      return { id: known, outcome: "overwritten" };
    }
    case "rename": {
      const name = freeSkillName(fields.name, await takenNames(ctx));
      if (name === null) throw nameTaken(fields.name);
      return { id: await addSkill(ctx, { ...fields, name }, files), outcome: "renamed" };
    }
  }
}

async function takenNames(ctx: WorkspaceContext): Promise<(name: string) => boolean> {
  const rows = await ctx.sql<{ nameKey: string }[]>`
    select name_key from skills where workspace_id = ${ctx.workspaceId}`;
  const keys = new Set(rows.map((row) => row.nameKey));
  return (name) => keys.has(foldName(name));
}

/** What lacks a name gets that of its folder or file, what lacks a description its first line. */
function toImported(ctx: WorkspaceContext, input: Input, read: ReadSkill): Imported {
  const document = splitFrontMatter(sanitizeText(read.document));
  assertFiles(
    document.instructions,
    read.files.map(({ path, content }) => ({ path, sizeBytes: content.length })),
  );
  const { source } = input;
  const name = oneLine(document.name ?? read.folder ?? fileStem(source), 64) || "Imported skill";
  const description = oneLine(document.description ?? firstLine(document.instructions), 1_024);
  return {
    fields: {
      name,
      description: description || name,
      frontMatter: document.frontMatter,
      instructions: document.instructions,
      labels: [],
      source: recordedSource(ctx, source),
    },
    files: read.files,
  };
}

function recordedSource(ctx: WorkspaceContext, source: Input["source"]): SkillSource {
  if (source.kind === "archive") {
    return { kind: "archive", fileName: sanitizeText(source.fileName) };
  }
  return { kind: "url", url: sanitizeText(source.url), importedAt: ctx.now.toISOString() };
}

function fileStem(source: Input["source"]): string {
  const path =
    source.kind === "archive" ? source.fileName : (URL.parse(source.url)?.pathname ?? "");
  return (path.split(/[\\/]/).at(-1) ?? "").replace(/\.(zip|skill|md)$/i, "");
}

function firstLine(instructions: string): string {
  const lines = instructions.split("\n").map((line) => line.replace(/^#+\s*/, "").trim());
  return lines.find((line) => line !== "") ?? "";
}

function oneLine(text: string, length: number): string {
  const line = sanitizeText(text).replace(/\s+/g, " ").trim();
  const cut = line.slice(0, length);
  return (cut.isWellFormed() ? cut : cut.slice(0, -1)).trim();
}
