/** Where text goes. `columns` is 0 for anything that is not a terminal. */
export type TextOutput = {
  readonly isTerminal: boolean;
  readonly columns: number;
  write(text: string): void;
};

/** Everything of the outside world that a command touches apart from files and the network. */
export type Io = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workDirectory: string;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly stdinIsTerminal: boolean;
  readStdin(): Promise<string>;
  /** Fires when a person presses Ctrl-C or somebody asks the process to end. */
  readonly signal: AbortSignal;
};
