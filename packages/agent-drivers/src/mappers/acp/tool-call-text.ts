import { isEmptyValue, listOf, recordOf, textOf } from "./json-access.ts";
import type { JsonRecord } from "./json-access.ts";

/** Keys of `rawOutput` objects that hold what a person wants to read, most telling first. */
const outputKeys = [
  "output",
  "formatted_output",
  "aggregated_output",
  "content",
  "fileDiff",
  "stdout",
  "message",
  "error",
  "text",
];

/** Texts of the text blocks in a tool call's `content`. */
export function contentText(content: unknown): string {
  return listOf(content)
    .map((block) => textOf(recordOf(recordOf(block)["content"])["text"]) ?? "")
    .filter((text) => text !== "")
    .join("\n");
}

/** The first file change in a tool call's `content`, in the words of the protocol. */
export function contentDiff(content: unknown): JsonRecord | null {
  const diff = listOf(content)
    .map(recordOf)
    .find((block) => block["type"] === "diff");
  if (diff === undefined) return null;
  const { path, oldText, newText } = diff;
  return isEmptyValue(oldText) ? { path, newText } : { path, oldText, newText };
}

/** What a finished tool call gave back, as text for people. */
export function toolOutputText(rawOutput: unknown, content: unknown): string {
  if (typeof rawOutput === "string" && rawOutput !== "") return rawOutput;
  const fields = outputKeys.flatMap((key) => textOf(recordOf(rawOutput)[key]) ?? []);
  const named = fields.find((field) => field !== "");
  if (named !== undefined) return named;
  const text = contentText(content);
  if (text !== "") return text;
  const diff = contentDiff(content);
  if (diff !== null) return diffText(diff);
  if (fields.length > 0 || isEmptyValue(rawOutput)) return "";
  return JSON.stringify(rawOutput);
}

function diffText(diff: JsonRecord): string {
  const lines = [
    textOf(diff["path"]) ?? "",
    ...prefixed(diff["oldText"], "-"),
    ...prefixed(diff["newText"], "+"),
  ];
  return lines.join("\n");
}

function prefixed(value: unknown, sign: string): readonly string[] {
  const text = textOf(value) ?? "";
  if (text === "") return [];
  return text.replace(/\n$/, "").split("\n").map((line) => `${sign}${line}`);
}
