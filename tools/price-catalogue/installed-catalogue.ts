import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { waitForUpdate } from "@pydantic/genai-prices";
import type { PriceCatalogue } from "@headcount/domain/usage/read-price-catalogue";
import { repositoryRoot } from "../source-files.ts";
import { convertProviders } from "./convert-providers.ts";

/** Where the generated prices lie. */
export const catalogueFile: string = path.join(
  repositoryRoot,
  "packages/domain/src/usage/price-catalogue.json",
);

/** The prices of the installed genai-prices package, named after its version. Nothing is fetched. */
export async function installedCatalogue(): Promise<PriceCatalogue> {
  const entry = fileURLToPath(import.meta.resolve("@pydantic/genai-prices"));
  const manifest = path.join(path.dirname(path.dirname(entry)), "package.json");
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return convertProviders((await waitForUpdate()) ?? [], `genai-prices-${version}`);
}

/** The text of the generated file: a line per model, so that a new version shows what it changes. */
export function catalogueText({ version, providers }: PriceCatalogue): string {
  const blocks = providers.map(({ models, ...provider }) => {
    const head = JSON.stringify(provider).slice(0, -1);
    return `${head},"models":[\n${models.map((model) => JSON.stringify(model)).join(",\n")}\n]}`;
  });
  return `{"version":${JSON.stringify(version)},"providers":[\n${blocks.join(",\n")}\n]}\n`;
}
