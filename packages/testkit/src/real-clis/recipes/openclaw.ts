import { type FakeModelRecipe, jsonFile } from "../fake-model-recipe.ts";

const SHAPE = { reasoning: false, input: ["text"], contextWindow: 200_000, maxTokens: 8192 };

/** Knows its provider from `~/.openclaw/openclaw.json`. */
export const openclawRecipe: FakeModelRecipe = {
  protocol: "anthropic",
  mainModel: "fake/fake-large",
  smallModel: "fake/fake-small",
  sideText: "Create hello file",
  environment: () => ({ OPENCLAW_NO_AUTO_UPDATE: "1", OPENCLAW_SKIP_CHANNELS: "1" }),
  files: ({ url, key }) => ({
    ".openclaw/openclaw.json": jsonFile({
      models: {
        mode: "replace",
        providers: {
          fake: {
            baseUrl: url,
            apiKey: key,
            api: "anthropic-messages",
            models: [
              {
                id: "fake-large",
                name: "Fake Large",
                ...SHAPE,
                cost: { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
              },
              {
                id: "fake-small",
                name: "Fake Small",
                ...SHAPE,
                cost: { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 },
              },
            ],
          },
        },
      },
      update: { checkOnStart: false },
      agents: { defaults: { skipBootstrap: true, model: { primary: "fake/fake-large" } } },
    }),
  }),
  writeFile: ({ path, content }) => ({ tool: "write", input: { path, content } }),
  runShell: (command) => ({ tool: "exec", input: { command } }),
};
