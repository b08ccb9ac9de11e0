import { expect, test } from "vitest";
import { CliError } from "../errors/cli-error.ts";
import { setConfig } from "./config-keys.ts";

test("settings are checked, stored and cleared", () => {
  let config = setConfig({ token: "hcp_kept" }, "server_url", "https://h.example/path");
  config = setConfig(config, "max_tasks", "4");
  config = setConfig(config, "claude.model", "opus");
  config = setConfig(config, "claude.args", "--a  --b");
  config = setConfig(config, "codex.enabled", "false");
  expect(config).toEqual({
    token: "hcp_kept",
    serverUrl: "https://h.example",
    daemon: {
      slots: 4,
      clis: { claude: { model: "opus", arguments: ["--a", "--b"] }, codex: { enabled: false } },
    },
  });
  config = setConfig(config, "claude.model", "");
  config = setConfig(config, "max_tasks", "");
  expect(config.daemon).toEqual({
    clis: { claude: { arguments: ["--a", "--b"] }, codex: { enabled: false } },
  });
});

test.each([
  ["server_url", "h.example"],
  ["poll_interval", "30"],
  ["poll_interval", "off"],
  ["max_tasks", "0"],
  ["work_root", "relative"],
  ["claude.path", "claude"],
  ["claude.colour", "red"],
  ["log_level", "loud"],
])("%s does not take %s", (key, value) => {
  expect(() => setConfig({}, key, value)).toThrow(CliError);
});
