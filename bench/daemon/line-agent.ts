import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";

/** What every agent of the benchmark does once the file `go` exists. */
export type LineLoad = { readonly linesPerSecond: number; readonly seconds: number };

export const linesOf = (load: LineLoad): number => load.linesPerSecond * load.seconds;

/** Where a line stands in its run and when it was printed: `L<number>@<milliseconds>`. */
const stampPattern = /L(\d+)@(\d{13})/g;

export type Stamp = { readonly line: number; readonly printedAtMs: number };

export function stampsIn(text: string): readonly Stamp[] {
  return [...text.matchAll(stampPattern)].map(([, line, printedAtMs]) => ({
    line: Number(line),
    printedAtMs: Number(printedAtMs),
  }));
}

/**
 * Makes an executable `claude` that prints stream-json at a steady rate: of ten lines eight are
 * text, one calls a tool and one is its result; each call of the model states its usage, which is
 * little enough to alarm nobody. It is a
 * shell script that starts no other program, so that fifty of them take next to nothing.
 */
export async function makeLineAgent(directory: string, load: LineLoad): Promise<string> {
  const executable = path.join(directory, "claude");
  await writeFile(executable, script(path.join(directory, "go"), load));
  await chmod(executable, 0o755);
  return executable;
}

function script(goFile: string, load: LineLoad): string {
  const everyUs = Math.round(1_000_000 / load.linesPerSecond);
  return String.raw`#!/bin/bash
[ "$1" = "--version" ] && { echo "2.1.330 (Claude Code)"; exit 0; }
LC_ALL=C
read -r prompt
exec 9<> <(:)
session="00000000-0000-4000-8000-$(printf '%012d' $$)"
printf '{"type":"system","subtype":"init","session_id":"%s","model":"claude-sonnet-5"}\n' "$session"
until [ -e '${goFile}' ]; do read -rt 0.05 -u 9; done
tail='"stop_reason":null,"usage":{"input_tokens":12,"cache_read_input_tokens":204,"cache_creation_input_tokens":5,"output_tokens":9}}'
began=\${EPOCHREALTIME/./}
for ((n = 0; n < ${linesOf(load)}; n++)); do
  now=\${EPOCHREALTIME/./}
  wait=$((began + n * ${everyUs} - now))
  if ((wait > 0)); then printf -v pause '0.%06d' $wait; read -rt $pause -u 9; fi
  stamp="L$n@\${EPOCHREALTIME/./}"
  stamp=\${stamp:0:-3}
  call=$((n / 10))
  case $((n % 10)) in
    8) printf '{"type":"assistant","session_id":"%s","parent_tool_use_id":null,"message":{"id":"m%s","type":"message","role":"assistant","model":"claude-sonnet-5","content":[{"type":"tool_use","id":"t%s","name":"Bash","input":{"command":"make check %s"}}],%s}\n' "$session" $call $call "$stamp" "$tail" ;;
    9) printf '{"type":"user","session_id":"%s","parent_tool_use_id":null,"message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"t%s","content":"checked 42 files, nothing is wrong with any of them %s"}]}}\n' "$session" $call "$stamp" ;;
    *) printf '{"type":"assistant","session_id":"%s","parent_tool_use_id":null,"message":{"id":"m%s","type":"message","role":"assistant","model":"claude-sonnet-5","content":[{"type":"text","text":"I am looking at the next function of this file %s and go on.\\n"}],%s}\n' "$session" $call "$stamp" "$tail" ;;
  esac
done
calls=$(((${linesOf(load)} + 9) / 10))
usage="\"input_tokens\":$((calls * 12)),\"cache_read_input_tokens\":$((calls * 204)),\"cache_creation_input_tokens\":$((calls * 5)),\"output_tokens\":$((calls * 9))"
models="\"claude-sonnet-5\":{\"inputTokens\":$((calls * 12)),\"cacheReadInputTokens\":$((calls * 204)),\"cacheCreationInputTokens\":$((calls * 5)),\"outputTokens\":$((calls * 9))}"
printf '{"type":"result","subtype":"success","is_error":false,"result":"Done.","session_id":"%s","terminal_reason":"completed","usage":{%s},"modelUsage":{%s}}\n' "$session" "$usage" "$models"
`.replaceAll(String.raw`\$`, "$");
}
