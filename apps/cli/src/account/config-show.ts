import { defineCommand } from "../command.ts";
import { shownConfig } from "./shown-config.ts";

export const configShow = defineCommand({
  name: "config show",
  summary: "Show the settings of this profile",
  refusedInTask: true,
  async run(cli) {
    const profile = await cli.profile();
    return shownConfig(profile, profile.config);
  },
});
