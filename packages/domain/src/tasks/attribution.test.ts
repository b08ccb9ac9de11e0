import { newId, type UserId } from "@headcount/contract/kit/ids";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attribute, type AttributionFacts } from "./attribution.ts";

const [ann, bob, cleo, dan] = [newId<UserId>(), newId<UserId>(), newId<UserId>(), newId<UserId>()];
const nobody: AttributionFacts = {
  initiator: { type: "system", id: null },
  humanId: null,
  delegatingTask: null,
  commentAuthorId: null,
  triggerPublisherId: null,
  ruleOwnerId: null,
  agentOwnerId: null,
  unattributedWork: "refuse",
};
const delegating = { taskId: "t1", originatorId: bob, accountableId: bob, hop: 3 };

describe("attribute", () => {
  it.each<readonly [Partial<AttributionFacts>, unknown]>([
    [
      { humanId: ann, delegatingTask: delegating, commentAuthorId: cleo },
      { originatorId: ann, source: "direct_human", hop: 0, delegatedByTaskId: null },
    ],
    [
      { delegatingTask: delegating, commentAuthorId: cleo },
      { originatorId: bob, source: "delegation", hop: 4, delegatedByTaskId: "t1" },
    ],
    [
      { commentAuthorId: cleo, triggerPublisherId: dan },
      { originatorId: cleo, source: "comment_author" },
    ],
    [
      { triggerPublisherId: dan, agentOwnerId: ann },
      { originatorId: dan, source: "trigger_publisher" },
    ],
  ])("takes the first rung that names a person: %j", (facts, expected) => {
    expect(attribute({ ...nobody, ...facts })).toMatchObject({ ok: true, value: expected });
  });

  it("refuses work that no person stands behind, unless that is allowed", () => {
    const refused = { ok: false, reason: "originator_unknown" };
    expect(attribute(nobody)).toEqual(refused);
    expect(attribute({ ...nobody, agentOwnerId: ann, ruleOwnerId: bob })).toEqual(refused);
    const allowed = { ...nobody, unattributedWork: "allow" } as const;
    expect(attribute({ ...allowed, agentOwnerId: ann, ruleOwnerId: bob })).toMatchObject({
      ok: true,
      value: { originatorId: null, accountableId: bob, source: "rule_owner" },
    });
    expect(attribute(allowed)).toMatchObject({ value: { source: "unattributed" } });
  });

  it("books to the originator whenever there is one, and starts at hop 0 with a person", () => {
    const person = fc.option(fc.constantFrom(ann, bob, cleo, dan), { nil: null });
    const facts = fc.record({
      initiator: fc.constant({ type: "agent", id: "a" } as const),
      humanId: person,
      delegatingTask: fc.option(
        fc.record({
          taskId: fc.constant("t1"),
          originatorId: person,
          accountableId: person,
          hop: fc.nat({ max: 50 }),
        }),
        { nil: null },
      ),
      commentAuthorId: person,
      triggerPublisherId: person,
      ruleOwnerId: person,
      agentOwnerId: person,
      unattributedWork: fc.constantFrom("allow", "refuse"),
    });
    fc.assert(
      fc.property(facts, (input) => {
        const result = attribute(input);
        if (!result.ok) return;
        const { originatorId, accountableId, hop } = result.value;
        expect(accountableId).toBe(originatorId ?? accountableId);
        const chained = input.humanId === null && input.delegatingTask !== null;
        expect(hop).toBe(chained ? (input.delegatingTask?.hop ?? 0) + 1 : 0);
      }),
    );
  });
});
