import type { LinkProps } from "@tanstack/react-router";
import { LayoutList, UserRound } from "lucide-react";
import type { ComponentType } from "react";

type PageName =
  | "myIssues"
  | "issues"
  | "agents"
  | "runtimes"
  | "members"
  | "usage"
  | "settings"
  | "trash";

/** A page of the sidebar and palette. */
export type NavigationEntry = {
  readonly to: Extract<NonNullable<LinkProps["to"]>, `/$slug/${string}`>;
  /** Key of its name in `text.shell`. */
  readonly label: PageName;
  readonly icon: ComponentType;
  readonly group: "own" | "workspace" | "configure";
};

/** Pages in the order of the sidebar. */
export const navigation: readonly NavigationEntry[] = [
  { to: "/$slug/my", label: "myIssues", icon: UserRound, group: "own" },
  { to: "/$slug/issues", label: "issues", icon: LayoutList, group: "workspace" },
];
