import { type FakeModelRecipe, jsonFile } from "../fake-model-recipe.ts";

/** What every start wants to have installed beside its config file. */
const PLUGIN = "@opencode-ai/plugin";

const LIMIT = { context: 200_000, output: 8192 };

/** Knows its provider from `~/.config/opencode/opencode.json`; models carry the provider's name. */
export const opencodeRecipe: FakeModelRecipe = {
  protocol: "openai-chat",
  mainModel: "fake/fake-large",
  smallModel: "fake/fake-small",
  sideText: "Create hello file",
  environment: ({ key }) => ({
    FAKE_KEY: key,
    OPENCODE_DISABLE_AUTOUPDATE: "1",
    OPENCODE_DISABLE_MODELS_FETCH: "1",
    OPENCODE_DISABLE_LSP_DOWNLOAD: "1",
    OPENCODE_DISABLE_DEFAULT_PLUGINS: "1",
  }),
  files: ({ url }) => ({
    ".config/opencode/opencode.json": jsonFile({
      $schema: "https://opencode.ai/config.json",
      autoupdate: false,
      share: "disabled",
      model: "fake/fake-large",
      small_model: "fake/fake-small",
      permission: "allow",
      enabled_providers: ["fake"],
      provider: {
        fake: {
          // Built into the program: nothing is downloaded for it.
          npm: "@ai-sdk/openai-compatible",
          name: "Fake",
          options: { baseURL: `${url}/v1`, apiKey: "{env:FAKE_KEY}" },
          models: {
            "fake-large": {
              name: "Fake Large",
              limit: LIMIT,
              cost: { input: 3, output: 15, cache_read: 0.3, cache_write: 3.75 },
            },
            "fake-small": {
              name: "Fake Small",
              limit: LIMIT,
              cost: { input: 1, output: 5, cache_read: 0.1, cache_write: 1.25 },
            },
          },
        },
      },
      agent: {
        helper: { mode: "subagent", description: "small helper", model: "fake/fake-small" },
      },
    }),
    // Looks installed: npm would otherwise be busy beside every run, for plugins that there are none of.
    ".config/opencode/package-lock.json": jsonFile({
      packages: { "": { dependencies: { [PLUGIN]: "*" } } },
    }),
    ".config/opencode/node_modules/.package-lock.json": jsonFile({ packages: {} }),
  }),
  writeFile: ({ work, path, content }) => ({
    tool: "write",
    input: { filePath: `${work}/${path}`, content },
  }),
  runShell: (command) => ({
    tool: "bash",
    input: { command, description: "run it", timeout: 120_000 },
  }),
};
