import { defineCommand } from "../command.ts";
import { setConfig } from "./config-keys.ts";
import { shownConfig } from "./shown-config.ts";

export const configSet = defineCommand({
  name: "config set",
  summary: "Change a setting of this profile; an empty value clears it",
  details:
    "Settings: server_url, workspace, device_name, work_root, max_tasks, poll_interval, log_level, and for each agent CLI CLI.path, CLI.model, CLI.args and CLI.enabled. The daemon reads them when it starts.",
  refusedInTask: true,
  arguments: {
    key: { summary: "name of the setting" },
    value: { summary: "new value; empty clears it" },
  },
  examples: [
    "headcount config set max_tasks 4",
    "headcount config set claude.model opus",
    'headcount config set work_root ""',
  ],
  async run(cli, { argumentValues }) {
    const profile = await cli.profile();
    const changed = setConfig(profile.config, argumentValues.key, argumentValues.value);
    await profile.save(changed);
    return shownConfig(profile, changed);
  },
});
