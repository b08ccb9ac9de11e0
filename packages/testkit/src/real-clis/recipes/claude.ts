import type { FakeModelRecipe } from "../fake-model-recipe.ts";

/** Needs the base address without a version, and no config file. */
export const claudeRecipe: FakeModelRecipe = {
  protocol: "anthropic",
  mainModel: "claude-sonnet-5",
  smallModel: "claude-haiku-4-5-20251001",
  sideText: "Create hello file",
  environment: ({ url, key, retries }) => ({
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: key,
    // As root the permission bypass is refused without this.
    IS_SANDBOX: "1",
    DISABLE_AUTOUPDATER: "1",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    // Ten retries by default, of a 401 too: more than two minutes.
    ...(retries === "few" ? { CLAUDE_CODE_MAX_RETRIES: "2" } : {}),
  }),
  files: () => ({}),
  writeFile: ({ work, path, content }) => ({
    tool: "Write",
    input: { file_path: `${work}/${path}`, content },
  }),
  // A bare `sleep` is refused by this tool.
  runShell: (command) => ({
    tool: "Bash",
    input: { command, description: "run it", timeout: 120_000 },
  }),
};
