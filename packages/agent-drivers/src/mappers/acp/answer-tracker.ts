/**
 * Finds the deliverable in the text of a run: what the agent said after its last tool call. When
 * it said nothing there, the last thing it said before counts, so that an agent that ends on a
 * tool call still has an answer.
 */
export class AnswerTracker {
  readonly #blocks: Message[][] = [[]];

  addText(text: string, messageId: string | null): void {
    const block = this.#lastBlock();
    const last = block.at(-1);
    if (last !== undefined && last.id === messageId) {
      last.text += text;
      return;
    }
    block.push({ id: messageId, text });
  }

  /** Everything said so far was narration before this tool call. */
  addToolCall(): void {
    if (this.#lastBlock().length > 0) this.#blocks.push([]);
  }

  answer(): string {
    for (const block of this.#blocks.toReversed()) {
      const text = block
        .map((message) => message.text.trim())
        .filter((message) => message !== "")
        .join("\n\n");
      if (text !== "") return text;
    }
    return "";
  }

  #lastBlock(): Message[] {
    const last = this.#blocks.at(-1);
    if (last !== undefined) return last;
    const first: Message[] = [];
    this.#blocks.push(first);
    return first;
  }
}

type Message = { readonly id: string | null; text: string };
