import type { FakeModelPlace, FakeModelRecipe } from "../fake-model-recipe.ts";

/** Knows its provider from `~/.codex/config.toml` and speaks the Responses protocol only. */
export const codexRecipe: FakeModelRecipe = {
  protocol: "openai-responses",
  mainModel: "fake-large",
  smallModel: "fake-small",
  sideText: "Create hello file",
  environment: ({ key }) => ({ FAKE_KEY: key }),
  files: (place) => ({ ".codex/config.toml": config(place) }),
  writeFile: ({ path, content }) => ({
    tool: "exec_command",
    input: { cmd: `printf %s '${content}' > '${path}'` },
  }),
  runShell: (command) => ({
    tool: "exec_command",
    input: { cmd: command, yield_time_ms: 60_000 },
  }),
};

/** Plugins, apps, analytics and update checks would look for the vendor's servers. */
function config({ url, retries }: FakeModelPlace): string {
  const limit = retries === "few" ? "request_max_retries = 1\nstream_max_retries = 1\n" : "";
  return `model = "fake-large"
model_provider = "fake"
check_for_update_on_startup = false

[model_providers.fake]
name = "fake"
base_url = "${url}/v1"
env_key = "FAKE_KEY"
wire_api = "responses"
${limit}
[features]
plugins = false
apps = false
remote_plugin = false
plugin_sharing = false

[analytics]
enabled = false

[otel]
exporter = "none"
metrics_exporter = "none"
`;
}
