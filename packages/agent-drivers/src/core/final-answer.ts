/** One part of what a model said in a turn. */
export type AnswerPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "thinking" }
  | { readonly kind: "tool" }
  | { readonly kind: "unreadable" };

export type FinalAnswer = {
  /** `turn` names the model's reply the part belongs to; parts of one reply come in order. */
  observe(turn: string, part: AnswerPart): void;
  /** Text of the last reply that called no tool and could be read completely; may be empty. */
  text(): string;
};

/**
 * Follows the replies of one agent and knows which is its final answer. A reply with a tool call
 * is narration, a reply of only thinking changes nothing, and a reply that could not be read makes
 * every earlier text stale.
 */
export function createFinalAnswer(): FinalAnswer {
  let answer = "";
  let turn: string | null = null;
  let parts: AnswerPart[] = [];

  const close = (): string => {
    if (parts.some((part) => part.kind === "unreadable")) return "";
    if (parts.some((part) => part.kind === "tool")) return answer;
    const texts = parts.flatMap((part) => (part.kind === "text" ? [part.text] : []));
    return texts.length === 0 ? answer : texts.join("\n\n");
  };

  return {
    observe(nextTurn, part) {
      if (turn !== nextTurn) {
        answer = close();
        turn = nextTurn;
        parts = [];
      }
      parts.push(part);
    },
    text: () => close().trim(),
  };
}
