import { objectAt, parseJsonObject, stringAt, type JsonObject } from "../../core/json.ts";
import type { CliSpec } from "../../core/cli-spec.ts";
import type { Conversation, RunControls } from "../../core/start-run.ts";
import type { RunOptions } from "../../core/types.ts";
import { answerPermission } from "./answer-permission.ts";

const baselineRequest = "headcount-baseline";
const interruptRequest = "headcount-interrupt";
const baselineTimeoutMs = 5_000;

/**
 * Our side of a stream-json talk: the prompt, answers to permission questions, and the interrupt.
 * A resumed session is asked for its totals before the prompt goes out, because they continue.
 */
export function createStreamJsonConversation(
  spec: CliSpec,
  options: RunOptions,
  controls: RunControls,
): Conversation {
  let prompted = false;
  let stopped = false;
  let baselineTimer: NodeJS.Timeout | null = null;

  const send = (frame: JsonObject): void => controls.send(JSON.stringify(frame));
  const sendPrompt = (): void => {
    if (baselineTimer !== null) clearTimeout(baselineTimer);
    if (prompted || stopped) return;
    prompted = true;
    const content = [{ type: "text", text: options.prompt }];
    send({ type: "user", message: { role: "user", content } });
  };
  const answer = (line: JsonObject): void => {
    const id = stringAt(line, "request_id") ?? "";
    const request = objectAt(line, "request");
    if (request["subtype"] !== "can_use_tool") {
      const refusal = { subtype: "error", request_id: id, error: "not supported" };
      return send({ type: "control_response", response: refusal });
    }
    const decision = answerPermission(request);
    const more = decision.behavior === "allow" ? spec.quirks.permissionMembers : {};
    const response = { subtype: "success", request_id: id, response: { ...decision, ...more } };
    send({ type: "control_response", response });
  };

  return {
    open() {
      if (options.resumeSessionId === null) return sendPrompt();
      send({
        type: "control_request",
        request_id: baselineRequest,
        request: { subtype: "get_usage", skip_behaviors: true },
      });
      baselineTimer = setTimeout(
        () => {
          controls.emit({
            type: "log",
            level: "warn",
            message: "The CLI did not state the session's totals in time.",
          });
          sendPrompt();
        },
        Math.min(baselineTimeoutMs, options.limits?.handshakeMs ?? baselineTimeoutMs),
      );
    },
    read(text) {
      const isControl = text.includes('"control_re');
      const line = isControl ? parseJsonObject(text) : null;
      if (line?.["type"] === "control_request") answer(line);
      if (line?.["type"] !== "control_response" || prompted) return;
      const id = stringAt(objectAt(line, "response"), "request_id");
      // After the mapper has read this very line, so that the baseline is in place.
      if (id === baselineRequest) queueMicrotask(sendPrompt);
    },
    askToStop() {
      stopped = true;
      if (!prompted) return false;
      send({
        type: "control_request",
        request_id: interruptRequest,
        request: { subtype: "interrupt" },
      });
      return true;
    },
    close() {
      stopped = true;
      if (baselineTimer !== null) clearTimeout(baselineTimer);
    },
  };
}
