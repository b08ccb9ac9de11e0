import { type FakeModelRecipe, jsonFile } from "../fake-model-recipe.ts";

/** The file that `cline auth openai-compatible` writes: key, address and model of the provider. */
export const clineRecipe: FakeModelRecipe = {
  protocol: "openai-chat",
  mainModel: "fake-large",
  smallModel: "fake-small",
  sideText: "Create hello file",
  environment: () => ({ CLINE_NO_AUTO_UPDATE: "1", DISABLE_TELEMETRY: "1" }),
  files: ({ url, key }) => ({
    ".cline/data/settings/providers.json": jsonFile({
      version: 1,
      lastUsedProvider: "openai-compatible",
      modes: {},
      providers: {
        "openai-compatible": {
          settings: {
            provider: "openai-compatible",
            apiKey: key,
            model: "fake-large",
            baseUrl: `${url}/v1`,
          },
          updatedAt: "2026-11-01T00:00:00.000Z",
          tokenSource: "manual",
        },
      },
    }),
  }),
  writeFile: ({ work, path, content }) => ({
    tool: "editor",
    input: { path: `${work}/${path}`, new_text: content },
  }),
  runShell: (command) => ({ tool: "run_commands", input: { commands: [command] } }),
};
