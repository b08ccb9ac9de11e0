// Runs before every npm script that needs the packages, so that a fresh clone needs no command of its own.
import { ensureInstall } from "./lib/install.mjs";

ensureInstall();
