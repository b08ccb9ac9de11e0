import { writeFileSync } from "node:fs";
import path from "node:path";
import {
  catalogueFile,
  catalogueText,
  installedCatalogue,
} from "./price-catalogue/installed-catalogue.ts";

const catalogue = await installedCatalogue();
writeFileSync(catalogueFile, catalogueText(catalogue));
const models = catalogue.providers.reduce((sum, provider) => sum + provider.models.length, 0);
console.log(
  `${path.relative(process.cwd(), catalogueFile)}: ${catalogue.version}, ${models} models`,
);
