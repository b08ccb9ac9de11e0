/** Choose `methodId` when the agent offers it and one of the variables is set (none: always). */
export type AuthRule = {
  readonly methodId: string;
  readonly whenEnvironment: readonly string[];
  /** Sent along as `_meta`. */
  readonly meta?: Readonly<Record<string, unknown>>;
};

/** Token counts that an agent writes down itself and that are better than those it reports. */
export type AcpRecords = {
  /** Names the records; the driver knows where to find them. */
  readonly source: string;
  /** What the records leave out; null when nothing. */
  readonly gap: string | null;
};

/** All that tells one ACP agent from another. Facts only; the driver has the behaviour. */
export type AcpDialect = {
  /** Session modes that let the agent work without questions, the preferred one first. */
  readonly modes: readonly string[];
  /** Session options that are always set, when offered. */
  readonly configOptions: readonly { readonly id: string; readonly value: string }[];
  readonly authenticate: readonly AuthRule[];
  /** Whole text chunks by which the agent, not the model, speaks. Kept out of the answer. */
  readonly notices: readonly RegExp[];
  /** Notices that announce another attempt at the provider. */
  readonly retryNotices: readonly RegExp[];
  /** Whole text chunks that say that the provider failed although the turn ends as `end_turn`. */
  readonly failureTexts: readonly RegExp[];
  /** The same on standard error. */
  readonly failureLines: readonly RegExp[];
  /** Used instead of the reported figures, which remain for runs without records. */
  readonly records: AcpRecords | null;
  /** Environment variable that names the model when the protocol does not. */
  readonly modelEnvironment: string | null;
  /** Takes the model's own name out of the agent's id for it (first group). */
  readonly modelPattern: RegExp | null;
  /** How the agent learns the model. `never`: it would store the choice for good. */
  readonly setModel: "protocol" | "argument" | "never";
  /** Takes the tool's name out of the call's id (first group). */
  readonly toolPattern: RegExp | null;
  /** A call that is still `pending` shows only a part of its input. */
  readonly pendingInputIsPartial: boolean;
  /** A call may end without its output, which the agent's records have. */
  readonly outputsInRecords: boolean;
  /** A second key under which the agent wants the prompt. */
  readonly promptAlsoAs: string | null;
  /** Key of the `_meta` of a session under which the agent wants its work directory. */
  readonly workDirectoryMeta: string | null;
  /** Reaches MCP servers over http although it does not say so. */
  readonly assumesHttpMcp: boolean;
  /** Holds a lock until it is told that a session is over, also when it does not say so. */
  readonly alwaysClose: boolean;
  /** Errors that say that an earlier process still holds the session; tried again after a while. */
  readonly heldSession: RegExp | null;
  /** Lowest version by the agent's own word in the handshake. */
  readonly minimumAgentVersion: string | null;
  /** Ids of calls, or of their options, that make a question to a person; it ends the run. */
  readonly questionIds: RegExp | null;
  /** Notification with the turn's token counts so far, the highest `sequence` being the last. */
  readonly usageNotification: string | null;
};

/** What holds for an agent about which nothing is known. Rows state only what differs. */
export const plainDialect: AcpDialect = {
  modes: [],
  configOptions: [],
  authenticate: [],
  notices: [],
  retryNotices: [],
  failureTexts: [
    /\bAPI call failed after \d+ retries\b/i,
    // A chunk of its own that is an error with the provider's status in it.
    /^(API )?Error: [^]*\b(401|402|403|429|5\d\d)\b/,
  ],
  failureLines: [
    /^\s*(⚠️|❌|\[ERROR\])/,
    /\bafter \d+ retries\b/i,
    /\bnon-retryable\b/i,
    /\b(BadRequestError|AuthenticationError|RateLimitError|APIStatusError)\b/,
  ],
  records: null,
  modelEnvironment: null,
  modelPattern: null,
  setModel: "protocol",
  toolPattern: null,
  pendingInputIsPartial: false,
  outputsInRecords: false,
  promptAlsoAs: null,
  workDirectoryMeta: null,
  assumesHttpMcp: false,
  alwaysClose: false,
  heldSession: null,
  minimumAgentVersion: null,
  questionIds: null,
  usageNotification: null,
};
