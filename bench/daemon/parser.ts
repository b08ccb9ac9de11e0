import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { findCliSpec } from "@headcount/agent-drivers/clis/cli-specs";
import { createLineReader } from "@headcount/agent-drivers/core/line-reader";
import { atLeast, fact, type Figure, median, progress } from "../lib/figures.ts";

const streamMb = 128;
const longLineMb = 30;
/** What one read from a pipe gives at most on Linux. */
const chunkBytes = 64 * 1024;
const rounds = 3;

/** Stream-json goes through the reader and the mapper that a run of Claude Code uses. */
export async function benchParser(): Promise<Figure[]> {
  progress(`parsing ${streamMb} MB of stream-json`);
  const stream = streamJson(streamMb * 1e6);
  const long = longLine(longLineMb * 1e6);
  const ours: number[] = [];
  const naive: number[] = [];
  const oursLong: number[] = [];
  const naiveLong: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(streamMb / (parse(stream).ms / 1_000));
    naive.push(streamMb / ((await parseNaively(stream)) / 1_000));
    oursLong.push(parseLongLine(long));
    naiveLong.push(await parseNaively(long));
  }
  return [
    atLeast({
      name: "stream-json, read and understood",
      value: median(ours),
      unit: "MB/s",
      target: 100,
      baseline: median(naive),
    }),
    fact({
      name: `one line of ${longLineMb} MB, read and understood`,
      value: median(oursLong),
      unit: "ms",
      baseline: median(naiveLong),
      better: "smaller",
    }),
  ];
}

type Parsed = { readonly ms: number; readonly items: number; readonly longest: number };

function parse(chunks: readonly Buffer[]): Parsed {
  const spec = findCliSpec("claude");
  if (spec === null) throw new Error("There is no row for Claude Code");
  const mapper = spec.createMapper({
    model: null,
    resumeSessionId: null,
    baseline: null,
    usage: spec.usage,
  });
  let items = 0;
  let longest = 0;
  const reader = createLineReader({
    onLine(line) {
      for (const item of mapper.accept(line)) {
        items += 1;
        if (item.type === "tool_result") longest = Math.max(longest, item.output.length);
      }
    },
    onOverflow() {
      throw new Error("A line was taken for too long");
    },
  });
  const startedAt = cpuMs();
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return { ms: cpuMs() - startedAt, items, longest };
}

function parseLongLine(chunks: readonly Buffer[]): number {
  const { ms, longest } = parse(chunks);
  if (longest < longLineMb * 0.99e6) throw new Error(`The long line came out as ${longest} bytes`);
  return ms;
}

/** Node's own reader and nothing but JSON.parse. */
async function parseNaively(chunks: readonly Buffer[]): Promise<number> {
  const startedAt = cpuMs();
  let types = 0;
  for await (const line of createInterface({ input: Readable.from(chunks) })) {
    const value = JSON.parse(line) as { readonly type: string };
    if (value.type !== "") types += 1;
  }
  if (types === 0) throw new Error("Nothing was parsed");
  return cpuMs() - startedAt;
}

/** Processor time of this thread: all that parsing waits for, whoever else uses the machine. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Lines as Claude Code prints them: short words, long tool results, file contents, usage. */
function streamJson(bytes: number): readonly Buffer[] {
  const lines: string[] = [];
  let size = 0;
  for (let call = 0; size < bytes; call += 1) {
    for (const line of linesOfCall(call)) {
      lines.push(line);
      size += line.length;
    }
  }
  return chunksOf(Buffer.from(lines.join("")));
}

function linesOfCall(call: number): readonly string[] {
  const usage = {
    input_tokens: 12,
    cache_read_input_tokens: 20_480 + call,
    cache_creation_input_tokens: 512,
    output_tokens: 96,
  };
  const session = { session_id: "00000000-0000-4000-8000-000000000001", parent_tool_use_id: null };
  const assistant = (content: unknown): string => {
    const message = { id: `m${call}`, role: "assistant", model: "claude-sonnet-5", content, usage };
    return `${JSON.stringify({ type: "assistant", ...session, message })}\n`;
  };
  // Now and then somebody writes more than ASCII.
  const note = call % 10 === 0 ? "値を読む" : "read the value";
  const code = `  const value = read("key ${call}"); // ${note}\n`.repeat(40 + (call % 5) * 60);
  const id = `t${call}`;
  const result = { type: "tool_result", tool_use_id: id, content: code };
  return [
    assistant([{ type: "text", text: `Let me look at file number ${call} of this folder.\n` }]),
    assistant([{ type: "tool_use", id, name: "Read", input: { file_path: `/w/src/${call}.ts` } }]),
    `${JSON.stringify({ type: "user", ...session, message: { role: "user", content: [result] } })}\n`,
  ];
}

function longLine(bytes: number): readonly Buffer[] {
  const content = [{ type: "tool_result", tool_use_id: "t", content: "x".repeat(bytes) }];
  const line = { type: "user", session_id: "s", message: { role: "user", content } };
  return chunksOf(Buffer.from(`${JSON.stringify(line)}\n`));
}

function chunksOf(bytes: Buffer): readonly Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    chunks.push(bytes.subarray(at, at + chunkBytes));
  }
  return chunks;
}
