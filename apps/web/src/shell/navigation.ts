import type { LinkProps } from "@tanstack/react-router";
import {
  Activity,
  BookOpen,
  Bot,
  ChartColumnStacked,
  Cpu,
  LayoutList,
  Settings,
  Trash2,
  UserRound,
  Users,
  Wallet,
} from "lucide-react";
import type { ComponentType } from "react";

type PageName =
  | "myIssues"
  | "issues"
  | "agents"
  | "skills"
  | "runtimes"
  | "members"
  | "usage"
  | "budgets"
  | "live"
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
  { to: "/$slug/agents", label: "agents", icon: Bot, group: "workspace" },
  { to: "/$slug/usage", label: "usage", icon: ChartColumnStacked, group: "workspace" },
  { to: "/$slug/budgets", label: "budgets", icon: Wallet, group: "workspace" },
  { to: "/$slug/live", label: "live", icon: Activity, group: "workspace" },
  { to: "/$slug/skills", label: "skills", icon: BookOpen, group: "configure" },
  { to: "/$slug/runtimes", label: "runtimes", icon: Cpu, group: "configure" },
  { to: "/$slug/members", label: "members", icon: Users, group: "configure" },
  { to: "/$slug/settings", label: "settings", icon: Settings, group: "configure" },
  { to: "/$slug/trash", label: "trash", icon: Trash2, group: "configure" },
];
