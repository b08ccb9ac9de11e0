import { type FakeModelRecipe, jsonFile } from "../fake-model-recipe.ts";

/** Speaks Chat Completions. Its memory would make requests of its own in the background. */
export const qwenRecipe: FakeModelRecipe = {
  protocol: "openai-chat",
  mainModel: "fake-large",
  smallModel: "fake-small",
  sideText: "Create hello file",
  environment: ({ url, key }) => ({
    OPENAI_BASE_URL: `${url}/v1`,
    OPENAI_API_KEY: key,
    QWEN_CODE_SUPPRESS_YOLO_WARNING: "1",
  }),
  files: ({ retries }) => ({
    ".qwen/settings.json": jsonFile({
      security: { auth: { selectedType: "openai" } },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
      general: { enableAutoUpdate: false },
      memory: { enableManagedAutoMemory: false, enableManagedAutoDream: false },
      // Version 0.24.4 does not heed this for 429: it asks once a second, as retry-after says.
      ...(retries === "few" ? { model: { generationConfig: { maxRetries: 1 } } } : {}),
    }),
  }),
  writeFile: ({ work, path, content }) => ({
    tool: "write_file",
    input: { file_path: `${work}/${path}`, content },
  }),
  runShell: (command) => ({
    tool: "run_shell_command",
    input: { command, description: "run it", is_background: false },
  }),
};
