import { createHash } from "node:crypto";
import type { ClaimedSkill } from "@headcount/contract/daemon/schemas";
import { newId, type SkillId } from "@headcount/contract/kit/ids";
import type { SkillBundle } from "@headcount/contract/skills/schemas";

/** A skill, its files, and how a server sends them. */
export type Made = {
  readonly skill: ClaimedSkill;
  readonly bundle: SkillBundle;
  readonly body: string;
};

export function makeSkill(name: string, text = "Do it well."): Made {
  const bundle: SkillBundle = {
    name,
    description: `About ${name}.`,
    frontMatter: "license: MIT",
    instructions: text,
    files: [
      { path: ".gitignore", executable: false, encoding: "utf8", content: "!*" },
      { path: "logo.bin", executable: false, encoding: "base64", content: "AP8B" },
      { path: "scripts/run.sh", executable: true, encoding: "utf8", content: "#!/bin/sh\n" },
    ],
  };
  const body = JSON.stringify(bundle);
  const hash = createHash("sha256").update(body).digest("hex");
  const { description } = bundle;
  const sizeBytes = Buffer.byteLength(body);
  return { skill: { id: newId<SkillId>(), name, description, hash, sizeBytes }, bundle, body };
}
