import type { CallApi } from "./api/api.ts";
import type { GlobalOptions } from "./global-options.ts";
import type { Io } from "./io.ts";
import type { Profile } from "./settings/profile.ts";
import type { TaskMode } from "./settings/task-mode.ts";

/** What a command works with. */
export type Cli = {
  readonly io: Io;
  readonly global: GlobalOptions;
  /** Null outside of an agent's run. */
  readonly taskMode: TaskMode | null;
  /** A line on stderr, unless `--quiet`. */
  readonly hint: (text: string) => void;
  readonly call: CallApi;
  /** Ends the process with another code than 0 although the command itself worked. */
  readonly endWith: (exitCode: number) => void;
  readonly exitCode: () => number;
  /** A caller with another address or token, for sign-in. */
  readonly callWith: (connection: {
    readonly serverUrl: string;
    readonly token: string | null;
  }) => CallApi;
  /**
   * Id or slug of the workspace in use.
   * @throws CliError when none is chosen and the person belongs to several
   */
  readonly workspace: () => Promise<string>;
  readonly connection: () => Promise<Connection>;
  /** Settings on this machine. @throws CliError exit 3 in a run */
  readonly profile: () => Promise<Profile>;
  /**
   * Asks before something that cannot be taken back.
   * @throws CliError when the answer is no, or when nobody can be asked
   */
  readonly confirm: (question: string) => Promise<void>;
};

/** Where calls go and as whom. */
export type Connection = { readonly serverUrl: string; readonly token: string | null };
