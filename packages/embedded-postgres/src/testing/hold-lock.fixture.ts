import { acquireDirectoryLock } from "../directory-lock.ts";

/** A process for tests to kill: takes the lock of the directory it is given and says so. */
await acquireDirectoryLock(process.argv[2] ?? "", { role: "fixture" });
process.stdout.write("locked\n");
setInterval(() => {}, 60_000);
