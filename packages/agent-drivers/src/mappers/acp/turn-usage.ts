import { countAt, objectAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import type { MapperInput } from "../../core/run-mapper.ts";
import type { Coverage, RunItem, UsageRole, UsageTotals } from "../../core/types.ts";
import { createUsageLedger } from "../../core/usage-ledger.ts";
import type { UsageLedger } from "../../core/usage-ledger.ts";
import type { AcpDialect } from "./acp-dialect.ts";
import { acpUsageSources, readChunkUsage, readReplyUsage } from "./read-usage.ts";
import type { AcpUsageReading } from "./read-usage.ts";
import { reportedCost } from "./reported-cost.ts";
import { readTokenCounts } from "./token-counts.ts";
import { unrecordedClasses, unrecordedRest } from "./unrecorded-rest.ts";

export type TurnUsageParts = {
  /** Stands for the model when nobody names one. */
  readonly agentId: string;
  readonly dialect: AcpDialect;
  readonly input: MapperInput;
  readonly sessionId: () => string | null;
};

/** What one turn used, from wherever its agent says so, each token once. */
export class TurnUsage {
  readonly #parts: TurnUsageParts;
  readonly #ledger: UsageLedger;
  #currentModel: string | null = null;
  #chunkCalls = 0;
  #foundCalls = 0;
  #hasReading = false;
  #reported: readonly AcpUsageReading[] = [];
  #referee: readonly UsageTotals[] | null = null;
  #lastSequence = -1;
  #hasBrokenReply: boolean | null = null;

  constructor(parts: TurnUsageParts) {
    this.#parts = parts;
    this.#ledger = createUsageLedger({
      source: parts.input.usage.source,
      scope: () => `acp:${parts.sessionId() ?? "unknown"}`,
    });
  }

  /** The agent confirmed a model, or told which one it uses. */
  modelChosen(agentModelId: string): void {
    const name = this.#parts.dialect.modelPattern?.exec(agentModelId)?.[1];
    this.#currentModel = name ?? agentModelId;
  }

  chunk(update: JsonObject): readonly RunItem[] {
    return readChunkUsage(update, this.#parts.input.usage).flatMap((reading) => {
      this.#chunkCalls += 1;
      return this.#call(String(this.#chunkCalls), reading, "main");
    });
  }

  /** The reply to the prompt. Next to calls it is the referee of their sum. */
  replied(reply: JsonObject): readonly RunItem[] {
    const { input, dialect } = this.#parts;
    const readings = readReplyUsage(reply, input.usage);
    if (input.usage.source === acpUsageSources.chunk) {
      const totals = readings.map((reading) => ({ ...this.#ownerOf(reading), ...reading.counts }));
      this.#referee = totals.length === 0 ? null : totals;
      return [];
    }
    if (readings.length > 0 && this.#continuesUnknownTotals()) return [];
    this.#reported = readings;
    // Records come to light until the end, and both together would count twice.
    return dialect.records === null ? this.#bookReported("main") : [];
  }

  /** The turn's figures so far, in a notification of the agent's own. */
  notified(params: JsonObject): readonly RunItem[] {
    const sequence = countAt(params, "sequence");
    if (sequence <= this.#lastSequence) return [];
    this.#lastSequence = sequence;
    const raw = objectAt(objectAt(params, "usage"), "turn");
    const { usage } = this.#parts.input;
    const tokens = readTokenCounts(raw, usage);
    if (tokens === null) return [];
    const reading = { ...tokens, model: null, provider: usage.provider, raw };
    this.#noteReading(reading);
    const cost = reportedCost(raw);
    return this.#ledger.raise(this.#ownerOf(reading), reading.counts, { raw, ...cost });
  }

  /** A finished model call that was found outside the stream. */
  callFound(id: string, reading: AcpUsageReading, role: UsageRole): readonly RunItem[] {
    this.#foundCalls += 1;
    return this.#call(id, reading, role);
  }

  /** The agent's records tell of every request whether its reply came in full. */
  repliesAccounted(isBroken: boolean): void {
    this.#hasBrokenReply = isBroken;
  }

  /** Nothing more will come. Books what only the end can tell and settles what is known. */
  settle(hasReply: boolean): readonly RunItem[] {
    const items = this.#parts.dialect.records === null ? [] : this.#bookUnrecorded();
    this.#settleCoverage(hasReply);
    return items;
  }

  totals(): readonly UsageTotals[] {
    return this.#referee ?? this.#ledger.totals();
  }

  coverage(): Coverage {
    return this.#ledger.coverage();
  }

  /**
   * Totals that go on over a resumed session count earlier runs again. Where nothing says what
   * they stood at, no figure is better than one that bills twice.
   */
  #continuesUnknownTotals(): boolean {
    const { usage, resumeSessionId } = this.#parts.input;
    if (usage.accumulation !== "session" || resumeSessionId === null) return false;
    this.#ledger.degrade(
      "none",
      "This agent's totals may go on over a resumed session, and nothing says what they stood at.",
    );
    return true;
  }

  #bookReported(role: UsageRole): readonly RunItem[] {
    return this.#reported.flatMap((reading) => {
      this.#noteReading(reading);
      const owner = { ...this.#ownerOf(reading), role };
      const cost = reportedCost(reading.raw);
      return this.#ledger.raise(owner, reading.counts, { raw: reading.raw, ...cost });
    });
  }

  /** With records at hand, the reported figures stand for what the records leave out. */
  #bookUnrecorded(): readonly RunItem[] {
    const calls = this.#ledger.totals();
    if (calls.length === 0) return this.#bookReported("main");
    const tellsClasses = this.#parts.input.usage.inputIncludes.length > 0;
    const restOf = tellsClasses ? unrecordedClasses : unrecordedRest;
    this.#reported = this.#reported.map((reading) => {
      const { model } = this.#ownerOf(reading);
      const recorded = calls.filter((call) => call.model === model);
      return { ...reading, counts: restOf(reading.counts, recorded) };
    });
    return this.#bookReported("auxiliary");
  }

  #call(id: string, reading: AcpUsageReading, role: UsageRole): readonly RunItem[] {
    this.#noteReading(reading);
    const owner = { ...this.#ownerOf(reading), role };
    const source = this.#parts.dialect.records?.source ?? this.#parts.input.usage.source;
    return this.#ledger.call(id, owner, reading.counts, { raw: reading.raw, source });
  }

  #noteReading(reading: AcpUsageReading): void {
    this.#hasReading = true;
    if (reading.isConsistent) return;
    this.#ledger.degrade("partial", "The agent reported more cached input than input.");
  }

  #ownerOf(reading: AcpUsageReading): Pick<UsageTotals, "model" | "provider" | "role"> {
    const { agentId, input } = this.#parts;
    const model = reading.model ?? this.#currentModel ?? input.model ?? agentId;
    return { model, provider: reading.provider, role: "main" };
  }

  #settleCoverage(hasReply: boolean): void {
    const { input, dialect } = this.#parts;
    const { accumulation, gap } = input.usage;
    if (accumulation === "none") {
      this.#ledger.degrade("none", gap ?? "This agent reports no token counts.");
      return;
    }
    // A run that was refused at its first request has no figures, and none are missing.
    if (!this.#hasReading && this.#hasBrokenReply !== false) {
      this.#ledger.degrade("none", "No token counts were found for this run.");
      return;
    }
    const isRecorded = dialect.records !== null && this.#foundCalls > 0;
    const missing = isRecorded ? (dialect.records?.gap ?? null) : gap;
    if (missing !== null) this.#ledger.degrade("partial", missing);
    if (this.#hasBrokenReply === true) {
      this.#ledger.degrade("partial", "A reply that was broken off is not counted.");
    }
    if (!hasReply && this.#hasBrokenReply === null) {
      this.#ledger.degrade("partial", "The run broke off before the agent's last figures.");
    }
  }
}
