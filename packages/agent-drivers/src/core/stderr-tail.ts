import { StringDecoder } from "node:string_decoder";
import { redactPatterns } from "@headcount/redaction/redactor";

const keptBytes = 2_048;

export type StderrTail = {
  push(chunk: Uint8Array): void;
  /** Last part of stderr without colour codes and secrets. */
  text(): string;
};

/** Keeps the end of stderr; what is shown of it never contains something that looks like a key. */
export function createStderrTail(): StderrTail {
  const decoder = new StringDecoder("utf8");
  let kept = "";
  return {
    push(chunk) {
      // A margin keeps a secret whole that begins before the part that is shown.
      kept = (kept + decoder.write(chunk)).slice(-4 * keptBytes);
    },
    text() {
      // oxlint-disable-next-line no-control-regex -- colour codes begin with the escape character
      const plain = kept.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, "");
      return redactPatterns(plain).slice(-keptBytes).trim();
    },
  };
}
