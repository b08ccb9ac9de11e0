/** Agent CLIs that can be installed from npm for tests. */
export type RealCliName =
  | "claude"
  | "codex"
  | "opencode"
  | "gemini"
  | "qwen"
  | "copilot"
  | "kimi"
  | "pi"
  | "cline"
  | "openclaw";

/** Where a CLI comes from and what it takes to make it run. */
export type RealCli = {
  readonly packageName: string;
  /** The version whose behaviour was recorded; preferred over every other. */
  readonly version: string;
  /** Name under `node_modules/.bin`. */
  readonly command: string;
  /** The package's own install script, relative to the package, where the CLI needs it. */
  readonly installScript?: string;
  /** `script` needs a Node to run; `native` runs by itself. */
  readonly executable: "native" | "script";
};

/** What each package needs. */
export const REAL_CLIS: Readonly<Record<RealCliName, RealCli>> = {
  // The binary comes in a package per platform (381 MB). What is installed under `.bin` is a shell
  // placeholder that only prints an error until install.cjs links the binary over it.
  claude: {
    packageName: "@anthropic-ai/claude-code",
    version: "2.1.330",
    command: "claude",
    installScript: "install.cjs",
    executable: "native",
  },
  // No install script: a Node script finds the binary in a package per platform (404 MB) and
  // stays in front of it as its parent process.
  codex: {
    packageName: "@openai/codex",
    version: "0.169.0",
    command: "codex",
    executable: "script",
  },
  // Like claude: postinstall.mjs puts the platform's binary in place of `bin/opencode.exe`.
  opencode: {
    packageName: "opencode-ai",
    version: "1.18.33",
    command: "opencode",
    installScript: "postinstall.mjs",
    executable: "native",
  },
  gemini: {
    packageName: "@google/gemini-cli",
    version: "0.61.0",
    command: "gemini",
    executable: "script",
  },
  // Node 22 or newer; under an older one npm quietly picks an older version unless one is named.
  qwen: {
    packageName: "@qwen-code/qwen-code",
    version: "0.24.4",
    command: "qwen",
    executable: "script",
  },
  // A Node loader in front of a binary in a package per platform.
  copilot: {
    packageName: "@github/copilot",
    version: "1.0.102",
    command: "copilot",
    executable: "script",
  },
  // Node 22.19 or newer.
  kimi: {
    packageName: "@moonshot-ai/kimi-code",
    version: "2.1.0",
    command: "kimi",
    installScript: "scripts/postinstall.mjs",
    executable: "script",
  },
  // Node 22.19 or newer. Some newer versions cannot be installed: packages that they name are not
  // in the registry.
  pi: {
    packageName: "@earendil-works/pi-coding-agent",
    version: "0.87.1",
    command: "pi",
    executable: "script",
  },
  // A launcher in front of a binary in a package per platform.
  cline: {
    packageName: "cline",
    version: "3.0.65",
    command: "cline",
    executable: "script",
  },
  // Node 24.16 or newer.
  openclaw: {
    packageName: "openclaw",
    version: "2026.9.6",
    command: "openclaw",
    executable: "script",
  },
};
