import type { RedactingStream } from "@headcount/redaction/redacting-stream";
import type { Redactor } from "@headcount/redaction/redactor";

export type TextKind = "text" | "thinking";
export type TextPiece = {
  readonly kind: TextKind;
  readonly isSubagent: boolean;
  readonly text: string;
};

/**
 * Joins neighbouring pieces of what an agent says, and redacts over their borders: what could be
 * the beginning of a secret is held back until more has come.
 */
export class TextBuffer {
  readonly #redactor: Redactor;
  readonly #emit: (piece: TextPiece) => void;
  #open: { kind: TextKind; isSubagent: boolean; stream: RedactingStream; raw: string } | null =
    null;

  constructor(redactor: Redactor, emit: (piece: TextPiece) => void) {
    this.#redactor = redactor;
    this.#emit = emit;
  }

  push(kind: TextKind, isSubagent: boolean, text: string): void {
    const isOther = this.#open?.kind !== kind || this.#open.isSubagent !== isSubagent;
    if (isOther) this.end();
    this.#open ??= { kind, isSubagent, stream: this.#redactor.stream(), raw: "" };
    // Looked through when it is handed over: agents send single words, and each look costs.
    this.#open.raw += text;
  }

  /** Hands over what is safe to show already. */
  flush(): void {
    const open = this.#open;
    if (open === null || open.raw === "") return;
    const ready = open.stream.push(open.raw);
    open.raw = "";
    this.#handOver(open, ready);
  }

  /** The text is complete: hands over everything. */
  end(): void {
    const open = this.#open;
    if (open === null) return;
    this.#handOver(open, open.stream.push(open.raw) + open.stream.end());
    this.#open = null;
  }

  #handOver({ kind, isSubagent }: Omit<TextPiece, "text">, text: string): void {
    if (text !== "") this.#emit({ kind, isSubagent, text });
  }
}
