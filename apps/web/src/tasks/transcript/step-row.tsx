import type { LucideIcon } from "lucide-react";
import {
  Brain,
  ChevronRight,
  CircleAlert,
  FilePen,
  FileText,
  Info,
  MessageSquareText,
  Search,
  SquareTerminal,
  Wrench,
} from "lucide-react";
import { createElement, memo } from "react";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { Chip } from "../../ui/chip.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Duration, Elapsed } from "../../ui/duration.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { revealHidden } from "../../ui/reveal-hidden.ts";
import { Time } from "../../ui/time.tsx";
import { UnbrokenWords } from "../../ui/unbroken-words.tsx";
import type { Step } from "./build-steps.ts";
import { editOf } from "./edit-of.ts";

type StepRowProps = {
  readonly step: Step;
  readonly open: boolean;
  readonly onToggle: (stepId: string) => void;
  /** The run is under way and this is its last step. */
  readonly current: boolean;
};

/** One line of a transcript; its body on demand, an answer and a failure at once. */
export const StepRow = memo(function StepRow({ step, open, onToggle, current }: StepRowProps) {
  const text = useText();
  const verb =
    step.kind === "tool" ? (step.tool ?? text.runs.stepKind.tool) : text.runs.stepKind[step.kind];
  const reported: Readonly<Record<string, string>> =
    step.kind === "status" ? text.runs.reported : {};
  const said = step.kind === "text";
  const working = current && step.kind === "tool" && step.result === null;
  return (
    <div
      className={classNames(
        "border-s-2 ps-3 pe-4",
        step.isError ? "border-failed bg-failed-wash/40" : "border-transparent",
        working && "border-running",
      )}
    >
      <button
        type="button"
        aria-expanded={open}
        onClick={() => onToggle(step.id)}
        className="inset-focus flex min-h-7 w-full items-center gap-2 rounded-control text-start text-12 pointer-coarse:min-h-10"
      >
        <ChevronRight
          size={12}
          className={classNames(
            "shrink-0 text-ghost transition-transform duration-120",
            open && "rotate-90",
          )}
        />
        {createElement(iconOf(step), {
          size: 14,
          className: classNames("shrink-0", step.isError ? "text-failed-ink" : "text-faint"),
        })}
        <span className={classNames("shrink-0", step.isError ? "text-failed-ink" : "text-muted")}>
          {verb}
        </span>
        <span
          className={classNames(
            "min-w-0 grow truncate",
            step.kind === "tool" && "font-mono",
            step.kind === "thinking" ? "text-faint italic" : "text-ink",
            said && open && "invisible",
          )}
        >
          {revealHidden(reported[step.object] ?? step.object)}
        </span>
        {step.isSubagent && <Chip>{text.runs.subagent}</Chip>}
        {step.late && <Chip tone="waiting">{text.runs.late}</Chip>}
        {step.durationMs !== null && (
          <Duration durationMs={step.durationMs} className="shrink-0 text-faint" />
        )}
        {working && <Elapsed since={step.call.at} className="shrink-0 text-running-ink" />}
        <Time at={step.call.at} style="time" className="shrink-0 text-faint max-tablet:hidden" />
      </button>
      {open && <StepBody step={step} />}
    </div>
  );
});

function StepBody({ step }: { readonly step: Step }) {
  const text = useText();
  if (step.kind === "text") {
    return (
      <div className="pb-3 ps-5 pt-0.5">
        <Markdown text={step.call.content} compact />
        <Shortened bytes={step.call.originalBytes} />
      </div>
    );
  }
  if (step.kind !== "tool") {
    return (
      <div className="pb-2 ps-5">
        <Block content={step.call.content} />
        <Shortened bytes={step.call.originalBytes} />
      </div>
    );
  }
  const edit = editOf(step.call.input);
  const input = step.call.type === "tool_use" ? inputText(step.call.input) : "";
  const output =
    step.result?.content ?? (step.call.type === "tool_result" ? step.call.content : "");
  return (
    <div className="flex flex-col gap-1.5 pb-2 ps-5">
      {edit !== null && <EditBlock lines={edit} />}
      {edit === null && input !== "" && <Block label={text.runs.input} content={input} />}
      {output !== "" && <Block label={text.runs.output} content={output} isError={step.isError} />}
      <Shortened bytes={step.result?.originalBytes ?? step.call.originalBytes} />
    </div>
  );
}

/** Most characters of one line that is laid out by words; longer ones are no commands. */
const longestCommand = 1_000;

type BlockProps = { readonly label?: string; readonly content: string; readonly isError?: boolean };

function Block({ label, content, isError = false }: BlockProps) {
  const shown = revealHidden(content);
  const isOneLine = shown.length < longestCommand && !shown.includes("\n");
  return (
    <div className="min-w-0">
      {label !== undefined && <p className="text-11 text-faint">{label}</p>}
      <pre
        className={classNames(
          "max-h-96 overflow-auto whitespace-pre-wrap break-words rounded-control border border-line bg-sunken px-2.5 py-1.5 font-mono text-12",
          isError && "text-failed-ink",
        )}
      >
        {isOneLine ? <UnbrokenWords text={shown} /> : shown}
      </pre>
    </div>
  );
}

const signLooks = {
  "-": "bg-failed-wash text-failed-ink",
  "+": "bg-done-wash text-done-ink",
  " ": "text-muted",
} as const;

function EditBlock({ lines }: { readonly lines: NonNullable<ReturnType<typeof editOf>> }) {
  return (
    <pre className="max-h-96 overflow-auto rounded-control border border-line bg-sunken py-1 font-mono text-12">
      {lines.map((line, index) => (
        <div key={index} className={classNames("px-2.5", signLooks[line.sign])}>
          {line.sign} {revealHidden(line.text)}
        </div>
      ))}
    </pre>
  );
}

function Shortened({ bytes }: { readonly bytes: number | null }) {
  const text = useText();
  const format = useFormat();
  if (bytes === null) return null;
  return (
    <p className="pt-1 text-11 text-faint">
      {text.runs.truncated({ bytes: format.number(bytes) })}
    </p>
  );
}

function inputText(input: unknown): string {
  if (input === null || input === undefined) return "";
  if (typeof input === "string") return input;
  const command = typeof input === "object" && "command" in input ? input.command : null;
  if (typeof command === "string") return command;
  const values = typeof input === "object" ? Object.entries(input) : [];
  const only = values.length === 1 ? values[0]?.[1] : undefined;
  return typeof only === "string" ? only : JSON.stringify(input, null, 2);
}

const toolIcons: readonly (readonly [RegExp, LucideIcon])[] = [
  [/bash|shell|exec|command|terminal/i, SquareTerminal],
  [/edit|write|patch|replace|create/i, FilePen],
  [/grep|glob|search|find|web/i, Search],
  [/read|view|open|list|ls/i, FileText],
];

function iconOf(step: Step): LucideIcon {
  if (step.kind === "text") return MessageSquareText;
  if (step.kind === "thinking") return Brain;
  if (step.kind === "status") return Info;
  if (step.kind === "error") return CircleAlert;
  return toolIcons.find(([pattern]) => pattern.test(step.tool ?? ""))?.[1] ?? Wrench;
}
