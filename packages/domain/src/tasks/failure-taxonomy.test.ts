import { agentFailures, FailureChartClass, FailureReason } from "@headcount/contract/tasks/states";
import { describe, expect, it } from "vitest";
import { failureTaxonomy, fileFailure } from "./failure-taxonomy.ts";

describe("failureTaxonomy", () => {
  it("knows every reason, with a class", () => {
    expect(Object.keys(failureTaxonomy).toSorted()).toEqual(FailureReason.options.toSorted());
    for (const facts of Object.values(failureTaxonomy)) {
      expect(FailureChartClass.options).toContain(facts.chartClass);
    }
  });

  it("INV-26 marks exactly these reasons as poisoning their session", () => {
    const unsafe = FailureReason.options.filter((reason) => !failureTaxonomy[reason].resumeSafe);
    expect(unsafe.toSorted()).toEqual([
      "agent_error.context_overflow",
      "agent_fallback_message",
      "api_invalid_request",
      "iteration_limit",
      "resume_oversized",
      "semantic_inactivity",
    ]);
  });
});

describe("fileFailure", () => {
  it("INV-24 keeps known labels, with or without the agent's prefix", () => {
    for (const reason of FailureReason.options) {
      expect(fileFailure(reason)).toEqual({ reason, raw: null });
    }
    for (const reason of agentFailures) {
      const bare = reason.slice("agent_error.".length);
      expect(fileFailure(bare)).toEqual({ reason, raw: null });
    }
  });

  it.each(["quantum_flux", "agent_error.brand_new", "TIMEOUT", "__proto__", "toString"])(
    "INV-24 keeps the unknown label %s and files it as unknown",
    (label) => {
      expect(fileFailure(label)).toEqual({ reason: "agent_error.unknown", raw: label });
    },
  );

  it("INV-24 files a missing label as unknown without inventing one", () => {
    for (const label of [null, "", "  "]) {
      expect(fileFailure(label)).toEqual({ reason: "agent_error.unknown", raw: null });
    }
  });
});
