import type { IssueStatus, IssueSummary } from "@headcount/contract/issues/schemas";
import { create } from "zustand";

type DragStore = {
  readonly dragged: IssueSummary | null;
  /** Where the card would land. */
  readonly over: { readonly status: IssueStatus; readonly index: number } | null;
  /** A drag is under way or its move has not settled: the columns hold still. */
  readonly frozen: boolean;
};

const idle: DragStore = { dragged: null, over: null, frozen: false };

/** The drag under way; columns listen to their own part of it, cards to none. */
export const dragStore = create<DragStore>(() => idle);

export function beginDrag(dragged: IssueSummary): void {
  dragStore.setState({ dragged, over: null, frozen: true });
}

export function dragOver(over: DragStore["over"]): void {
  const before = dragStore.getState().over;
  if (before?.status === over?.status && before?.index === over?.index) return;
  dragStore.setState({ over });
}

/** The pointer has let go; the columns hold still until `releaseBoard`. */
export function endDrag(): void {
  dragStore.setState({ dragged: null, over: null });
}

export function freezeBoard(): void {
  dragStore.setState({ frozen: true });
}

/** Every way a move can end comes through here. */
export function releaseBoard(): void {
  dragStore.setState(idle);
}
