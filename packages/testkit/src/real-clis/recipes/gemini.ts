import { type FakeModelRecipe, jsonFile } from "../fake-model-recipe.ts";

/** Needs an auth type in its settings, a trusted folder, and the base address without a version. */
export const geminiRecipe: FakeModelRecipe = {
  protocol: "gemini",
  // A named model avoids the routing request that the default makes.
  mainModel: "gemini-2.5-pro",
  smallModel: "gemini-2.5-flash",
  sideText: "Create hello file",
  environment: ({ url, key }) => ({
    GOOGLE_GEMINI_BASE_URL: url,
    GEMINI_API_KEY: key,
    GEMINI_CLI_TRUST_WORKSPACE: "true",
    GEMINI_CLI_NO_RELAUNCH: "true",
    // Its shell sees no git configuration of the person's.
    GIT_AUTHOR_NAME: "Agent",
    GIT_AUTHOR_EMAIL: "agent@test",
    GIT_COMMITTER_NAME: "Agent",
    GIT_COMMITTER_EMAIL: "agent@test",
  }),
  files: ({ retries }) => ({
    ".gemini/settings.json": jsonFile({
      security: { auth: { selectedType: "gemini-api-key" } },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
      general: {
        enableAutoUpdate: false,
        enableAutoUpdateNotification: false,
        ...(retries === "few" ? { maxAttempts: 2 } : {}),
      },
    }),
  }),
  writeFile: ({ work, path, content }) => ({
    tool: "write_file",
    input: { file_path: `${work}/${path}`, content },
  }),
  runShell: (command) => ({
    tool: "run_shell_command",
    input: { command, description: "run it" },
  }),
};
