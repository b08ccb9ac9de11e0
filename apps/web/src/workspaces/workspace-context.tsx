import type { MyWorkspace, User } from "@headcount/contract/users/schemas";
import { createContext, useContext, type ReactNode } from "react";

/** The workspace that the address names, and the person looking at it. */
export type WorkspaceView = MyWorkspace & { readonly user: User };

const Context = createContext<WorkspaceView | null>(null);

type WorkspaceProviderProps = { readonly value: WorkspaceView; readonly children: ReactNode };

export function WorkspaceProvider({ value, children }: WorkspaceProviderProps) {
  return <Context value={value}>{children}</Context>;
}

/** The open workspace; every page under `/:slug` has one. Use its `id` in queries. */
export function useWorkspace(): WorkspaceView {
  const workspace = useContext(Context);
  if (workspace === null) throw new Error("useWorkspace() outside of /:slug.");
  return workspace;
}
