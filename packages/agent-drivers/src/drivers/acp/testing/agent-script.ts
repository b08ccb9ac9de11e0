type Json = Readonly<Record<string, unknown>>;

/** One thing a scripted agent does. */
export type ScriptStep =
  | { readonly raw: string }
  | { readonly stderr: string }
  | { readonly update: Json; readonly sessionId?: string }
  /** A request to the client; its answer plays the script of `answer`. */
  | { readonly ask: { readonly method: string; readonly params: Json } }
  /** Leaves the prompt open until another script answers it. */
  | { readonly wait: true }
  | { readonly answerPrompt: Json }
  | { readonly reply: Json }
  /** A reply that leaves out `jsonrpc`. */
  | { readonly bareReply: Json }
  | { readonly error: Json }
  | { readonly exit: number };

/** What to do, in order, when a method is called. */
export type AgentScript = Readonly<Record<string, readonly ScriptStep[]>>;
