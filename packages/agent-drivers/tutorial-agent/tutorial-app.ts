import { agent, methods, RequestError } from "@agentclientprotocol/sdk";
import type { AgentApp, ContentBlock, PromptResponse, StopReason } from "@agentclientprotocol/sdk";
import { KnownSessions } from "./known-sessions.ts";
import { reportedTokens } from "./made-up-tokens.ts";
import { Narrator } from "./narrator.ts";
import { tutorialVersion } from "./tutorial-version.ts";
import { workOnIssue } from "./work-on-issue.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type Session = { readonly directory: string; stop: AbortController };

/** Pause before each step, in milliseconds, unless `HEADCOUNT_TUTORIAL_PACE_MS` says otherwise. */
const defaultPaceMs = 700;

/** The tutorial agent as a set of answers to the protocol's requests. */
export function createTutorialApp(environment: Environment): AgentApp {
  const known = new KnownSessions(environment);
  const sessions = new Map<string, Session>();
  const open = (id: string, directory: string): void => {
    sessions.set(id, { directory, stop: new AbortController() });
  };

  return agent({ name: "headcount-tutorial" })
    .onRequest(methods.agent.initialize, () => ({
      protocolVersion: 1,
      agentInfo: {
        name: "headcount-tutorial",
        title: "Headcount tutorial agent",
        version: tutorialVersion,
      },
      agentCapabilities: { loadSession: true },
      authMethods: [],
    }))
    .onRequest(methods.agent.session.new, ({ params }) => {
      const sessionId = known.create();
      open(sessionId, params.cwd);
      return { sessionId };
    })
    .onRequest(methods.agent.session.load, ({ params }) => {
      if (!known.has(params.sessionId)) throw sessionNotFound(params.sessionId);
      open(params.sessionId, params.cwd);
      return {};
    })
    .onNotification(methods.agent.session.cancel, ({ params }) => {
      sessions.get(params.sessionId)?.stop.abort();
    })
    .onRequest(methods.agent.session.prompt, async ({ params, client, signal }) => {
      const { sessionId } = params;
      const session = sessions.get(sessionId);
      if (session === undefined) throw sessionNotFound(sessionId);
      session.stop = new AbortController();
      const narrator = new Narrator((update) =>
        client.notify(methods.client.session.update, { sessionId, update }),
      );
      const stop = AbortSignal.any([session.stop.signal, signal]);
      const prompt = promptText(params.prompt);
      const { directory } = session;
      try {
        const paceMs = paceOf(environment);
        await workOnIssue({ prompt, directory, environment, paceMs, signal: stop, narrator });
      } catch (error) {
        if (stop.aborted) return reply("cancelled", narrator);
        throw failure(error);
      }
      return reply("end_turn", narrator);
    });
}

function reply(stopReason: StopReason, narrator: Narrator): PromptResponse {
  const usage = reportedTokens(narrator.used);
  return Object.assign({ stopReason }, { usage });
}

function failure(error: unknown): RequestError {
  const message = error instanceof Error ? error.message : String(error);
  return new RequestError(-32603, message, { errorKind: "process_failure" });
}

function sessionNotFound(id: string): RequestError {
  return new RequestError(-32002, `Session not found: ${id}`);
}

function promptText(blocks: readonly ContentBlock[]): string {
  return blocks.map((block) => (block.type === "text" ? block.text : "")).join("\n");
}

function paceOf(environment: Environment): number {
  const value = Number(environment["HEADCOUNT_TUTORIAL_PACE_MS"] ?? defaultPaceMs);
  return Number.isFinite(value) && value >= 0 ? value : defaultPaceMs;
}
