import { type AgentId, newId, type UserId } from "@headcount/contract/kit/ids";
import { describe, expect, it } from "vitest";
import { parseMentions } from "./mentions.ts";

const agent = newId<AgentId>();
const other = newId<AgentId>();
const member = newId<UserId>();
const link = `[@Bot](mention://agent/${agent})`;
const mentioned = [{ type: "agent", id: agent, name: "Bot" }];

describe("parseMentions", () => {
  it.each([
    ["alone", link],
    ["in a sentence", `Hello ${link}, please look.`],
    ["in a heading", `## For ${link}`],
    ["in a list", `- ask ${link}`],
    ["deep in a list", `- one\n    - ask ${link}`],
    ["in bold", `**${link}**`],
    ["in a table", `| who |\n|---|\n| ${link} |`],
    ["after a closed fence", `\`\`\`\ncode\n\`\`\`\n${link}`],
    ["after a quote and a blank line", `> said\n\n${link}`],
    ["after a code span", `run \`ls\` then ${link}`],
    ["after a stray backtick", `it is 5\` long, ${link}`],
    ["beside an escaped backtick", `\\\`${link}\\\``],
    ["twice", `${link} and ${link}`],
    ["with an upper-case id", `[@Bot](mention://agent/${agent.toUpperCase()})`],
    ["with angle brackets", `[@Bot](<mention://agent/${agent}>)`],
    ["with CRLF after a quote", `> said\r\n\r\n${link}`],
    ["deep in a list after a blank line", `- one\n\n    - ask ${link}`],
    ["in a second paragraph of a list item", `1. one\n\n   ask ${link}`],
    ["after a list has ended", `- one\n\nask ${link}`],
    ["after a quote in a list", `- > said\n\n  ask ${link}`],
    ["after a list item with an open fence", `- ~~~\n${link}`],
    ["in a list after a quote", `> said\n- ${link}`],
    ["between two code spans", `\`a\` ${link} \`b\``],
    ["between runs of other lengths", `\`\` ${link} \``],
    ["after an HTML comment", `see <!-- note --> ${link}`],
    ["wrapped paragraph with an indented line", `text\n    ${link}`],
  ])("INV-36 counts a mention %s", (_where, text) => {
    expect(parseMentions(text)).toEqual(mentioned);
  });

  it.each([
    ["in a code span", `\`${link}\``],
    ["in a double code span", `\`\` a \` ${link} \`\``],
    ["in a code span over two lines", `\`a\n${link}\``],
    ["in a fence", `\`\`\`\n${link}\n\`\`\``],
    ["in a fence with a language", `\`\`\`md\n${link}\n\`\`\``],
    ["in a tilde fence", `~~~\n${link}\n~~~`],
    ["in a fence that is never closed", `\`\`\`\n${link}`],
    ["in a long fence around a short one", `\`\`\`\`\n\`\`\`\n${link}\n\`\`\`\``],
    ["in a fence in a list", `- \`\`\`\n  ${link}\n  \`\`\``],
    ["in indented code", `text\n\n    ${link}`],
    ["in tabbed code", `\t${link}`],
    ["in a quote", `> ${link}`],
    ["in a nested quote", `> > ${link}`],
    ["in a quote in a list", `- > ${link}`],
    ["in the second line of a quote", `> said\n${link}`],
    ["in a fence deep in a list", `- a\n  - b\n\n    \`\`\`\n    ${link}\n    \`\`\``],
    ["in indented code of a list item", `- a\n\n      ${link}`],
    ["in indented code that begins a list item", `-     ${link}`],
    ["behind a fence's end that stands too far in", `\`\`\`\n    \`\`\`\n${link}`],
    ["in the second line of a quote in a list", `1. > said\n${link}`],
    ["in a fence that ends a list", `- a\n~~~\n${link}`],
    ["on the last line of an HTML comment", `<!-- a\n-->${link}`],
    ["in a quote deep in a list", `- a\n  - b\n    > ${link}`],
    ["in an HTML comment", `<!-- ${link} -->`],
    ["in an open HTML comment", `<!-- ${link}`],
    ["without a link", "@Bot please"],
    ["without an at sign", `[Bot](mention://agent/${agent})`],
    ["as an image", `![@Bot](mention://agent/${agent})`],
    ["with an escaped label", `\\[@Bot](mention://agent/${agent})`],
    ["with an unknown type", `[@Bot](mention://robot/${agent})`],
    ["with a broken id", "[@Bot](mention://agent/123)"],
    ["with another scheme", `[@Bot](https://agent/${agent})`],
    ["with an empty name", `[@](mention://agent/${agent})`],
  ])("INV-36 does not count a mention %s", (_where, text) => {
    expect(parseMentions(text)).toEqual([]);
  });

  it.each([
    ["[@Bot [v2]](mention://agent/ID)", "Bot [v2]"],
    ["[@Bot \\[v2](mention://agent/ID)", "Bot [v2"],
    ["[@Bot v2\\]](mention://agent/ID)", "Bot v2]"],
    ["[see] [@[x]](mention://agent/ID)", "[x]"],
    ["[@小 明](mention://agent/ID)", "小 明"],
  ])("INV-36 reads names with brackets: %s", (text, name) => {
    expect(parseMentions(text.replace("ID", agent))).toEqual([{ type: "agent", id: agent, name }]);
  });

  it.each(["    x\n`a", "[`", "    x\n``a`", "``a`", "<!---->", " \n`", "\t\n"])(
    "comes to an end on many times %j",
    (part) => {
      // Whatever takes quadratic time on this does not end before the test does.
      const hostile = part.repeat(Math.ceil(300_000 / part.length));
      expect(parseMentions(`${hostile}\n\n${link}`)).toHaveLength(1);
    },
  );

  it("keeps the order and tells members, agents and everyone apart", () => {
    const text = `[@Ann](mention://member/${member}) [@B](mention://agent/${other}) ${link} [@all](mention://all/all) [@all](mention://all/)`;
    expect(parseMentions(text)).toEqual([
      { type: "member", id: member, name: "Ann" },
      { type: "agent", id: other, name: "B" },
      { type: "agent", id: agent, name: "Bot" },
      { type: "all", name: "all" },
    ]);
  });

  it.each([
    ["backticks", "`".repeat(60_000)],
    ["runs of growing length", Array.from({ length: 400 }, (_, n) => "`".repeat(n + 1)).join(" ")],
    ["opening brackets", "[".repeat(60_000)],
    ["labels without an end", "[@".repeat(30_000)],
    ["closings without a label", "](mention://all/)".repeat(4_000)],
    ["nested quotes", ">".repeat(60_000)],
    ["nested lists", "- ".repeat(30_000)],
    [
      "nested lists on many lines",
      Array.from({ length: 300 }, (_, n) => `${" ".repeat(n)}- a`).join("\n"),
    ],
    ["backslashes", "\\".repeat(60_000)],
    ["open comments", "<!--".repeat(15_000)],
    ["emphasis", "*a_ ".repeat(20_000)],
    ["white space", `${" ".repeat(60_000)}x`],
    ["lone backticks in paragraphs", "a ` b\n\n".repeat(10_000)],
  ])("INV-36 reads hostile %s without a stall and finds nothing in them", (_what, text) => {
    expect(parseMentions(text).filter((mention) => mention.type !== "all")).toEqual([]);
  });
});
