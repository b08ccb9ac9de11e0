/**
 * With what Node.js runs a daemon. What it handles lives for less than a second, so that it needs
 * little room for new objects (MiB); the default lets it take a hundred megabytes more.
 */
export const daemonNodeFlags: readonly string[] = ["--max-semi-space-size=8"];
