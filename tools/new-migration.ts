import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "./source-files.ts";

const directory = path.join(repositoryRoot, "apps/server/migrations");
const name = process.argv[2];

if (!name || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
  console.error("Say what the migration does, in kebab-case: npm run db:new add-task-priority");
  process.exit(2);
}
const numbers = readdirSync(directory).map((file) => Number(file.slice(0, 4)));
const number = String(Math.max(0, ...numbers) + 1).padStart(4, "0");
const file = path.join(directory, `${number}_${name.replaceAll("-", "_")}.sql`);
writeFileSync(file, "-- Why: \n-- breaking: no\n\n", { flag: "wx" });
console.log(path.relative(process.cwd(), file));
