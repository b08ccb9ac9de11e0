import type { FakeModelPlace, FakeModelRecipe } from "../fake-model-recipe.ts";

/** Knows its provider, key included, from `~/.kimi-code/config.toml`. */
export const kimiRecipe: FakeModelRecipe = {
  protocol: "openai-chat",
  mainModel: "fake-large",
  smallModel: "fake-small",
  sideText: "Create hello file",
  environment: () => ({ KIMI_DISABLE_TELEMETRY: "1", KIMI_CODE_NO_AUTO_UPDATE: "1" }),
  files: (place) => ({ ".kimi-code/config.toml": config(place) }),
  writeFile: ({ work, path, content }) => ({
    tool: "Write",
    input: { path: `${work}/${path}`, content },
  }),
  runShell: (command) => ({ tool: "Bash", input: { command, timeout: 120 } }),
};

function config({ url, key, retries }: FakeModelPlace): string {
  return `default_model = "fake-large"
${retries === "few" ? "\n[loop_control]\nmax_attempts_per_step = 3\n" : ""}
[providers.fake]
type = "openai"
base_url = "${url}/v1"
api_key = "${key}"

[models.fake-large]
provider = "fake"
model = "fake-large"
max_context_size = 200000

[models.fake-small]
provider = "fake"
model = "fake-small"
max_context_size = 200000
`;
}
