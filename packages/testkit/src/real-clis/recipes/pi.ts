import { type FakeModelRecipe, jsonFile } from "../fake-model-recipe.ts";

const SHAPE = { reasoning: false, input: ["text"], contextWindow: 200_000, maxTokens: 8192 };

/** Knows its provider from `~/.pi/agent/models.json`; start it with `--provider fake`. */
export const piRecipe: FakeModelRecipe = {
  protocol: "anthropic",
  mainModel: "fake-large",
  smallModel: "fake-small",
  sideText: "Create hello file",
  environment: ({ key }) => ({
    FAKE_KEY: key,
    PI_OFFLINE: "1",
    PI_SKIP_VERSION_CHECK: "1",
    PI_TELEMETRY: "0",
  }),
  files: ({ url }) => ({
    ".pi/agent/models.json": jsonFile({
      providers: {
        fake: {
          baseUrl: url,
          api: "anthropic-messages",
          apiKey: "FAKE_KEY",
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
    }),
  }),
  writeFile: ({ path, content }) => ({ tool: "write", input: { path, content } }),
  runShell: (command) => ({ tool: "bash", input: { command } }),
};
