import { arrayAt, objectAt, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import { isEmptyValue, objectOf } from "./json-value.ts";

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
  return blocksOf(content)
    .map((block) => stringAt(objectAt(block, "content"), "text") ?? "")
    .filter((text) => text !== "")
    .join("\n");
}

/** The first file change in a tool call's `content`, in the words of the protocol. */
export function contentDiff(content: unknown): JsonObject | null {
  const diff = blocksOf(content).find((block) => block["type"] === "diff");
  if (diff === undefined) return null;
  const { path, oldText, newText } = diff;
  return isEmptyValue(oldText) ? { path, newText } : { path, oldText, newText };
}

/** What a finished tool call gave back, as text for people. */
export function toolOutputText(rawOutput: unknown, content: unknown): string {
  if (typeof rawOutput === "string" && rawOutput !== "") return rawOutput;
  const fields = outputKeys.flatMap((key) => stringAt(objectOf(rawOutput), key) ?? []);
  const named = fields.find((field) => field !== "");
  if (named !== undefined) return named;
  const text = contentText(content);
  if (text !== "") return text;
  const diff = contentDiff(content);
  if (diff !== null) return diffText(diff);
  if (fields.length > 0 || isEmptyValue(rawOutput)) return "";
  return JSON.stringify(rawOutput);
}

function blocksOf(content: unknown): readonly JsonObject[] {
  return arrayAt({ content }, "content").map(objectOf);
}

function diffText(diff: JsonObject): string {
  const path = stringAt(diff, "path") ?? "";
  return [path, ...prefixed(diff, "oldText", "-"), ...prefixed(diff, "newText", "+")].join("\n");
}

function prefixed(diff: JsonObject, key: string, sign: string): readonly string[] {
  const text = stringAt(diff, key) ?? "";
  if (text === "") return [];
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => `${sign}${line}`);
}
