import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Rule } from "../fake-model/scenario.ts";
import type { FakeModelPlace, FakeModelRecipe } from "./fake-model-recipe.ts";
import type { RealCliName } from "./real-cli.ts";
import { claudeRecipe } from "./recipes/claude.ts";
import { clineRecipe } from "./recipes/cline.ts";
import { codexRecipe } from "./recipes/codex.ts";
import { copilotRecipe } from "./recipes/copilot.ts";
import { geminiRecipe } from "./recipes/gemini.ts";
import { kimiRecipe } from "./recipes/kimi.ts";
import { opencodeRecipe } from "./recipes/opencode.ts";
import { openclawRecipe } from "./recipes/openclaw.ts";
import { piRecipe } from "./recipes/pi.ts";
import { qwenRecipe } from "./recipes/qwen.ts";

const DEFAULT_KEY = "sk-fake-0123456789";
const SIDE_USAGE = { input: 601, output: 17 };

export const FAKE_MODEL_RECIPES: Readonly<Record<RealCliName, FakeModelRecipe>> = {
  claude: claudeRecipe,
  codex: codexRecipe,
  opencode: opencodeRecipe,
  gemini: geminiRecipe,
  qwen: qwenRecipe,
  copilot: copilotRecipe,
  kimi: kimiRecipe,
  pi: piRecipe,
  cline: clineRecipe,
  openclaw: openclawRecipe,
};

export type PointedCli = Pick<
  FakeModelRecipe,
  "protocol" | "mainModel" | "smallModel" | "writeFile" | "runShell"
> & {
  /** HOME and what points the CLI at the fake model; to be added to PATH and the like. */
  readonly environment: Readonly<Record<string, string>>;
  /** Answers what the CLI asks on its own account, such as titles; put it first in a scenario. */
  readonly sideRule: Rule;
};

export type PointOptions = Pick<FakeModelPlace, "home" | "url"> &
  Partial<Pick<FakeModelPlace, "key" | "retries">>;

/**
 * Writes the config files that point a CLI at the fake model into its private home, and says with
 * which environment to start it. Does not need the CLI to be installed.
 */
export async function pointAtFakeModel(
  name: RealCliName,
  options: PointOptions,
): Promise<PointedCli> {
  const place = { key: DEFAULT_KEY, retries: "usual", ...options } as const;
  const recipe = FAKE_MODEL_RECIPES[name];
  for (const [path, content] of Object.entries(recipe.files(place))) {
    const file = join(place.home, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { mode: 0o600 });
  }
  return {
    protocol: recipe.protocol,
    mainModel: recipe.mainModel,
    smallModel: recipe.smallModel,
    writeFile: recipe.writeFile,
    runShell: recipe.runShell,
    environment: { HOME: place.home, ...recipe.environment(place) },
    sideRule: {
      name: "side request",
      when: { tools: false },
      times: "any",
      reply: { content: [{ text: recipe.sideText }], usage: SIDE_USAGE },
    },
  };
}
