import { productVersion } from "@headcount/contract/version";
import { defineCommand } from "../command.ts";

export const version = defineCommand({
  name: "version",
  summary: "Show the version of this program",
  format: "table",
  async run() {
    return {
      version: productVersion,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
    };
  },
  print(body, printer) {
    printer.line(`headcount ${body.version} (Node ${body.node}, ${body.platform})`);
  },
});
