import type { ProtocolName } from "../fake-model/protocol.ts";
import type { ToolCallPart } from "../fake-model/scenario.ts";

/** Where a CLI is to find the fake model, and the home that is made for it. */
export type FakeModelPlace = {
  /** Private home of the CLI; nothing of the user's own is read. */
  readonly home: string;
  /** Base address of the fake model, without a trailing slash. */
  readonly url: string;
  /** The API key to send. */
  readonly key: string;
  /** `few` makes a failing run end soon; `usual` keeps the CLI's own patience. */
  readonly retries: "few" | "usual";
};

/** How one CLI is pointed at the fake model, and how its tools are called. */
export type FakeModelRecipe = {
  readonly protocol: ProtocolName;
  /** A model id that the CLI accepts for its main work, in the form of its own `--model`. */
  readonly mainModel: string;
  /** A second model id, for resumed runs and side work. */
  readonly smallModel: string;
  /** What to answer to the requests that the CLI makes on its own account. */
  readonly sideText: string;
  /** Variables beside HOME. */
  readonly environment: (place: FakeModelPlace) => Readonly<Record<string, string>>;
  /** Config files to write, by path relative to the home. */
  readonly files: (place: FakeModelPlace) => Readonly<Record<string, string>>;
  /** The call of the CLI's own tool that writes a file below the work directory. */
  readonly writeFile: (file: FileToWrite) => ToolCallPart;
  /** The call of the CLI's own tool that runs a shell command in the work directory. */
  readonly runShell: (command: string) => ToolCallPart;
};

export type FileToWrite = {
  /** Absolute path of the work directory: most tools want absolute paths. */
  readonly work: string;
  /** Relative to the work directory. */
  readonly path: string;
  /** One line without quotes: some CLIs only write through a shell. */
  readonly content: string;
};

/** A config file's content. */
export function jsonFile(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
