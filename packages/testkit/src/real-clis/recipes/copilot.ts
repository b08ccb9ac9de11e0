import type { FakeModelRecipe } from "../fake-model-recipe.ts";

/** With a provider of its own it needs no GitHub login and no config file. */
export const copilotRecipe: FakeModelRecipe = {
  protocol: "anthropic",
  mainModel: "fake-large",
  smallModel: "fake-small",
  sideText: "Create hello file",
  environment: ({ url, key, home }) => ({
    COPILOT_OFFLINE: "true",
    COPILOT_PROVIDER_BASE_URL: url,
    COPILOT_PROVIDER_TYPE: "anthropic",
    COPILOT_PROVIDER_API_KEY: key,
    COPILOT_MODEL: "fake-large",
    COPILOT_AUTO_UPDATE: "false",
    COPILOT_HOME: `${home}/.copilot`,
  }),
  files: () => ({}),
  writeFile: ({ work, path, content }) => ({
    tool: "create",
    input: { path: `${work}/${path}`, file_text: content },
  }),
  runShell: (command) => ({
    tool: "bash",
    input: { command, description: "run it", initial_wait: 60 },
  }),
};
