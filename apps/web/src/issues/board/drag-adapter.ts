import { create } from "zustand";

type DragAdapter = typeof import("@atlaskit/pragmatic-drag-and-drop/element/adapter");

/** The drag-and-drop library, null until it has been fetched; boards show before it is there. */
export const dragAdapterStore = create<{ readonly adapter: DragAdapter | null }>(() => ({
  adapter: null,
}));

let loading: Promise<void> | null = null;

/** Fetches the library once. */
export function loadDragAdapter(): Promise<void> {
  loading ??= import("@atlaskit/pragmatic-drag-and-drop/element/adapter").then((adapter) =>
    dragAdapterStore.setState({ adapter }),
  );
  return loading;
}
