import type { ModelSource } from "../inspection/model-source.ts";
import type { AcpDialect } from "../mappers/acp/acp-dialect.ts";
import type { LentFile } from "./lent-files.ts";
import type { McpConfig } from "./mcp-config.ts";
import type { CreateMapper } from "./run-mapper.ts";
import type { RunOptions } from "./types.ts";
import type { UsageRule } from "./usage-rule.ts";

export type DriverKind = "stream-json" | "codex-app-server" | "acp" | "ndjson" | "buffered";

/** How a blocked option is written: alone, with a value, or with a value that may be missing. */
export type OptionShape = "flag" | "value" | "optional";

/** How the prompt reaches the CLI. `argv` only where a CLI offers nothing else. */
export type PromptChannel = "stdin-frame" | "stdin-eof" | "rpc" | "argv";

/** How a person's choice of a model or an effort level reaches the CLI. */
export type ChoiceChannel = "argument" | "protocol" | "none";

/**
 * Where the CLI takes the MCP servers of a run from: files that the row makes (`mcpFiles`), its
 * protocol, or a private home. With `none` a run that was given servers fails before it starts,
 * because it would miss its tools later and in a less obvious way.
 */
export type McpChannel = "file" | "protocol" | "private-home" | "none";

/** One text of a CLI that proves that it does not know a session. */
export type ResumeRejection = RegExp;

/** Commands that bring a program into a working state. */
export type CliSetup = {
  /** Package on npm; null where it comes from elsewhere. */
  readonly npmPackage: string | null;
  /** The package's own install script below its root, without which its program is only a shell. */
  readonly installScript: string | null;
  /** What a person types to sign in; null where an environment variable is all there is. */
  readonly signIn: string | null;
};

/** A home of a CLI that is made for one agent and issue, from the user's own. */
export type PrivateHome = {
  /** Its folder inside of the run's private folder. */
  readonly folder: string;
  /** Variable that leads the CLI to it. */
  readonly variable: string;
  /** The user's own home of the CLI, relative to the user's home, when the variable is not set. */
  readonly own: string;
  /** Who fills it: the driver, or links to everything in the user's own. */
  readonly filledBy: "driver" | "links";
};

/** Everything that is particular to one CLI, as data. */
export type CliSpec = {
  /** Stable name: used for settings, on the command line and as the runtime's kind. */
  readonly id: string;
  readonly title: string;
  /** Names looked up on PATH, best first. */
  readonly bins: readonly string[];
  readonly driver: DriverKind;
  readonly createMapper: CreateMapper;
  /** False until the row has passed against the real CLI. */
  readonly verified: boolean;
  readonly version: {
    readonly args: readonly string[];
    /** Lowest version that works, or null. An unreadable version is accepted. */
    readonly minimum: string | null;
    readonly note: string | null;
    /** Version of the real program that the row was driven with last, or its recordings made. */
    readonly drivenWith?: string;
  };
  /** How it is asked for its models; left out where that follows from the driver. */
  readonly models?: ModelSource;
  /** How people get it and sign in to it; left out where nobody has checked. */
  readonly setup?: CliSetup;
  /** Arguments the protocol needs, without launch prefix and user arguments. */
  readonly protocolArguments: (options: RunOptions) => readonly string[];
  /** Arguments that have to stand behind the user's own. */
  readonly closingArguments?: (options: RunOptions) => readonly string[];
  /** Options of the user that the CLI only takes in front of the protocol arguments. */
  readonly leadingOptions?: Readonly<Record<string, OptionShape>>;
  readonly prompt: PromptChannel;
  readonly model: ChoiceChannel;
  readonly effort: ChoiceChannel;
  readonly mcp: McpChannel;
  /** The files of a run with MCP servers, of CLIs that take them from files; may throw. */
  readonly mcpFiles?: (options: RunOptions, config: McpConfig) => readonly LentFile[];
  readonly resume: {
    readonly kind: "flag" | "rpc-load" | "rpc-resume" | "file" | "none";
    /** What a session belongs to; a run elsewhere starts fresh. */
    readonly boundTo: readonly ("directory" | "home")[];
    readonly rejected: readonly ResumeRejection[];
  };
  /** Effort levels the CLI knows, lowest first; empty when it has none. */
  readonly effortLevels: readonly string[];
  /** Options of the CLI that only the adapter may set. Keys carry their dashes; positionals do not. */
  readonly blocked: Readonly<Record<string, OptionShape>>;
  readonly environment: {
    /** Variables the adapter sets for a run. Values may depend on the run. */
    readonly set: (options: RunOptions) => Readonly<Record<string, string>>;
    /** Variables of this CLI that agent settings may not override (its config home). */
    readonly reserved: readonly string[];
  };
  readonly context: {
    /** Instruction file the CLI reads from its work directory. */
    readonly file: "AGENTS.md" | "CLAUDE.md" | "GEMINI.md" | "QWEN.md" | "CODEBUDDY.md";
    /** Relative to the work directory, or to the private home where skills are in one. */
    readonly skillsDirectory: string;
    readonly skillsIn: "work-directory" | "private-home";
    /** Where the git data of its checkouts is; `own` where its sandbox ends at the work directory. */
    readonly gitData?: "shared" | "own";
    /** Where its private home is and what it stands for; of CLIs with skills in one. */
    readonly privateHome?: PrivateHome;
    /** The CLI reads no file, so the brief has to travel inside the prompt. */
    readonly inlineSystemPrompt: "none" | "prepend" | "native";
  };
  readonly usage: UsageRule;
  /** What stops a turn while keeping its usage; `signal` when the CLI has no such thing. */
  readonly cancel: "rpc" | "control" | "signal";
  readonly quirks: {
    /** Keeps its process or pipes open after the terminal event; ended after this grace. */
    readonly lingersAfterResultMs?: number;
    /** Lines on stdout that belong to no protocol and are ignored. */
    readonly stdoutNoise?: readonly RegExp[];
    /**
     * Files in which the CLI keeps what a session used; read when a run ended without its final
     * account. Missing files are ignored.
     */
    readonly sessionFiles?: (options: RunOptions, sessionId: string) => readonly string[];
    /** Log that the CLI writes for one run; its mapper reads it as objects `{log}` after the end. */
    readonly runLog?: (options: RunOptions) => string;
    /** Reads its standard input only from a pipe of the system; Node.js gives programs a socket. */
    readonly readsOnlyPipes?: true;
    /** Members that an allowing answer needs beside Claude Code's own. */
    readonly permissionMembers?: Readonly<Record<string, unknown>>;
  };
  /** What is particular to an agent that speaks the Agent Client Protocol. */
  readonly acp?: AcpDialect;
  /** Silence after which the run is given up; null takes the default of 30 minutes. */
  readonly idleTimeoutMs: number | null;
};
