import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { AgentPageSearch, AgentsSearch } from "../agents/agents-search.ts";
import { RuntimesSearch } from "../runtimes/runtimes-search.ts";
import { SkillPageSearch, SkillsSearch } from "../skills/skills-search.ts";
import { withTexts } from "./with-texts.ts";
import { workspace } from "./workspace-route.ts";

const agents = createRoute({
  getParentRoute: () => workspace,
  path: "/agents",
  validateSearch: AgentsSearch,
  component: lazyRouteComponent(
    withTexts(() => import("../agents/agents-page.tsx")),
    "AgentsPage",
  ),
});

const agent = createRoute({
  getParentRoute: () => workspace,
  path: "/agents/$agentId",
  validateSearch: AgentPageSearch,
  component: lazyRouteComponent(
    withTexts(() => import("../agents/agent-page.tsx")),
    "AgentPage",
  ),
});

const skills = createRoute({
  getParentRoute: () => workspace,
  path: "/skills",
  validateSearch: SkillsSearch,
  component: lazyRouteComponent(
    withTexts(() => import("../skills/skills-page.tsx")),
    "SkillsPage",
  ),
});

const skill = createRoute({
  getParentRoute: () => workspace,
  path: "/skills/$skillId",
  validateSearch: SkillPageSearch,
  component: lazyRouteComponent(
    withTexts(() => import("../skills/skill-page.tsx")),
    "SkillPage",
  ),
});

const runtimes = createRoute({
  getParentRoute: () => workspace,
  path: "/runtimes",
  validateSearch: RuntimesSearch,
  component: lazyRouteComponent(
    withTexts(() => import("../runtimes/runtimes-page.tsx")),
    "RuntimesPage",
  ),
});

const members = createRoute({
  getParentRoute: () => workspace,
  path: "/members",
  component: lazyRouteComponent(
    withTexts(() => import("../members/members-page.tsx")),
    "MembersPage",
  ),
});

/** Who does the work, what they know and where they run. */
export const staffPages = [agents, agent, skills, skill, runtimes, members] as const;
