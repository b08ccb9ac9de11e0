import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import type { FakeMachine, RunSettings } from "../testing/fake-io.fixture.ts";
import { replyTo, runLine } from "../testing/run-line.fixture.ts";
import { createServedMachine, type ServedMachine } from "../testing/served-machine.fixture.ts";

const nobodysId = "0197c1a2-5b3e-7f21-8d07-9a1c33e0b7d4";

describe("what is not found", () => {
  let served: ServedMachine;
  let machine: FakeMachine;
  let server: string;
  beforeAll(async () => {
    served = await createServedMachine();
    ({ machine } = served);
    server = served.listener.url;
  });
  afterAll(() => served[Symbol.asyncDispose]());

  /** The words on stderr of a line that finds nothing. */
  async function told(line: string, settings?: RunSettings): Promise<string> {
    const { code, stdout, stderr } = await runLine(machine, line, settings);
    expect([line, code, stdout]).toEqual([line, 4, ""]);
    return stderr.trimEnd();
  }
  const inWorkspace = (slug: string): RunSettings => ({
    environment: { HEADCOUNT_WORKSPACE: slug },
  });
  const chinese = (settings?: RunSettings): RunSettings => ({
    environment: { ...settings?.environment, LANG: "zh_CN.UTF-8" },
  });

  test("a workspace is told with its server, who named it, and the way to another one", async () => {
    const none = `You belong to no workspace "acmee" on ${server}.\n`;
    expect(await told("issue list --workspace acmee")).toBe(
      `${none}--workspace names it. \`headcount workspace list\` shows yours.`,
    );
    expect(await told("budget list", inWorkspace("acmee"))).toBe(
      `${none}HEADCOUNT_WORKSPACE names it. \`headcount workspace list\` shows yours; name one with --workspace.`,
    );
    for (const line of ["workspace get acmee", "workspace switch acmee"])
      expect(await told(line)).toBe(`${none}\`headcount workspace list\` shows yours.`);
    expect(await told("workspace get acmee", chinese())).toBe(
      `你不属于工作区“acmee”（服务器 ${server}）。\n用 \`headcount workspace list\` 查看你的工作区。`,
    );
    expect(await told("tank status", chinese(inWorkspace("acmee")))).toBe(
      `你不属于工作区“acmee”（服务器 ${server}）。\n它来自 HEADCOUNT_WORKSPACE。用 \`headcount workspace list\` 查看你的工作区，并用 --workspace 指定。`,
    );
  });

  test("a workspace of a profile of another server is told with the profile", async () => {
    await replyTo(machine, "config set workspace theirs --profile work");
    const line = "usage daily --profile work";
    expect(await told(line)).toBe(
      `You belong to no workspace "theirs" on ${server}.\nThe profile "work" names it. Choose one of \`headcount workspace list\` with \`headcount workspace switch SLUG\`, or another profile with --profile.`,
    );
    expect(await told(line, chinese())).toContain("配置档“work”");
    // Who is named on the command line comes first.
    await replyTo(machine, "issue list --profile work --workspace acme");
  });

  test("programs read the server's own answer, which stays as it is", async () => {
    const { code, stderr } = await runLine(machine, "issue list --workspace acmee --output json");
    expect(code).toBe(4);
    expect(JSON.parse(stderr)).toEqual({
      code: "not_found",
      reason: "workspace.not_found",
      message: "No such workspace.",
      requestId: expect.any(String),
    });
  });

  test("what the server does not know is told by its name, with the command that lists it", async () => {
    for (const [line, what, list] of [
      ["issue get ACME-99", 'issue "ACME-99"', "issue list"],
      ["issue comment list NONE-1", 'issue "NONE-1"', "issue list"],
      ["usage issue ACME-99", 'issue "ACME-99"', "issue list"],
      ["pull-request list --issue ACME-99", 'issue "ACME-99"', "issue list"],
      [
        "budget create Cap --issue ACME-99 --limit 1 --window none",
        'issue "ACME-99"',
        "issue list",
      ],
      [`task get ${nobodysId}`, `task "${nobodysId}"`, "task list"],
      [`usage task ${nobodysId}`, `task "${nobodysId}"`, "task list"],
      [`usage explain ${nobodysId}`, `event "${nobodysId}"`, "usage events TASK"],
      [
        `pull-request delete ${nobodysId} --yes`,
        `pull request "${nobodysId}"`,
        "pull-request list",
      ],
      [
        `issue comment edit ${nobodysId} --content x`,
        `comment "${nobodysId}"`,
        "issue comment list ISSUE",
      ],
    ] as const) {
      expect([line, await told(line)]).toEqual([
        line,
        `There is no ${what}.\n\`headcount ${list}\` shows what there is.`,
      ]);
    }
    expect(await told("issue get ACME-99", chinese())).toBe(
      "没有事项“ACME-99”。\n用 `headcount issue list` 查看已有内容。",
    );
  });

  test("of several issues the one is told that there is not", async () => {
    await replyTo(machine, "issue create --title First");
    const record = "pull-request record --url https://github.com/a/b/pull/1 --state open";
    expect(await told(`${record} --issue ACME-1 --issue ACME-98 --issue ACME-99`)).toContain(
      'There is no issue "ACME-98".',
    );
  });

  test("a name is told with the names that there are, or how the first one is made", async () => {
    for (const [line, what, make] of [
      ["project get Web", 'project "Web"', "project create"],
      ["budget status Month", 'budget "Month"', "budget create"],
      ["agent get Eve", 'agent "Eve"', "agent create"],
      ["skill get Review", 'skill "Review"', "skill create"],
      ["git-connection delete GitHub --yes", 'git connection "GitHub"', "git-connection create"],
    ] as const) {
      expect([line, await told(line)]).toEqual([
        line,
        `There is no ${what}.\nThere is none yet. \`headcount ${make}\` makes one.`,
      ]);
    }
    expect(await told("runtime get laptop")).toBe(
      'There is no runtime "laptop".\nThere is none yet. `headcount setup` makes one.',
    );
    for (const name of ["Ada", "Ben"])
      await served.app.alice.call(agents.create, { workspace: "acme", name, access: "workspace" });
    expect(await told("agent get Eve")).toBe('There is no agent "Eve".\nThere are: Ada, Ben.');
    expect(await told("tank top-up 5 --member Eve")).toBe(
      'There is no member "Eve".\nThere are: Alice, Bob.',
    );
    expect(await told("agent get Eve", chinese())).toBe("没有智能体“Eve”。\n现有：Ada, Ben。");
    for (let more = 1; more <= 10; more += 1)
      await served.app.alice.call(agents.create, {
        workspace: "acme",
        name: `More ${more}`,
        access: "workspace",
      });
    expect(await told("agent get Eve")).toMatch(/, …\. `headcount agent list` shows all\.$/);
  });
});
