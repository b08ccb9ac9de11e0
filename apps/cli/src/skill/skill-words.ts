import type { AgentSkill, Skill, SkillSource } from "@headcount/contract/skills/schemas";
import { formatBytes } from "../output/format-bytes.ts";
import type { Printer } from "../output/printer.ts";

export const skillArgument = { summary: "name or id of the skill" } as const;
export const fileArgument = { summary: "path of the file inside of the skill" } as const;
export const agentOption = {
  value: "NAME",
  summary: "name or id of the agent (required)",
} as const;

/** Where a skill was read from, for people. */
export function sourceText(source: SkillSource): string {
  switch (source.kind) {
    case "written":
      return "written here";
    case "archive":
      return source.fileName;
    case "url":
      return source.url;
  }
}

export function printSkill(skill: Skill, printer: Printer): void {
  const agents = skill.agents.map(({ agentName, enabled }) =>
    enabled ? agentName : `${agentName} (off)`,
  );
  printer.fields([
    ["Name", skill.name],
    ["Description", skill.description],
    ["Labels", skill.labels.join(", ")],
    ["Agents", agents.join(", ")],
    ["Creator", skill.creator.name],
    ["Source", sourceText(skill.source)],
    ["Files", `${skill.fileCount}, ${formatBytes(skill.sizeBytes)}`],
    ["Hash", skill.hash],
    ["Id", skill.id],
  ]);
  printer.line(`\n${skill.instructions.trimEnd()}`);
}

export function printAgentSkills(items: readonly AgentSkill[], printer: Printer): void {
  const short = printer.shortIds(items.map((skill) => skill.skillId));
  printer.table(items, [
    { title: "SKILL", value: (skill) => skill.name },
    { title: "ON", value: (skill) => (skill.enabled ? "yes" : "no") },
    { title: "DESCRIPTION", value: (skill) => skill.description, shrinks: true },
    { title: "ID", value: (skill) => short(skill.skillId) },
  ]);
}
