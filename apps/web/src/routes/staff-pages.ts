import { createRoute } from "@tanstack/react-router";
import { AgentPageSearch, AgentsSearch } from "../agents/agents-search.ts";
import { RuntimesSearch } from "../runtimes/runtimes-search.ts";
import { SkillPageSearch, SkillsSearch } from "../skills/skills-search.ts";
import { lazyPage } from "../ui/lazy-page.tsx";
import { withTexts } from "./with-texts.ts";
import { workspace } from "./workspace-route.ts";

const agents = createRoute({
  getParentRoute: () => workspace,
  path: "/agents",
  validateSearch: AgentsSearch,
  component: lazyPage(
    withTexts(() => import("../agents/agents-page.tsx")),
    "AgentsPage",
  ),
});

const agent = createRoute({
  getParentRoute: () => workspace,
  path: "/agents/$agentId",
  validateSearch: AgentPageSearch,
  component: lazyPage(
    withTexts(() => import("../agents/agent-page.tsx")),
    "AgentPage",
  ),
});

const skills = createRoute({
  getParentRoute: () => workspace,
  path: "/skills",
  validateSearch: SkillsSearch,
  component: lazyPage(
    withTexts(() => import("../skills/skills-page.tsx")),
    "SkillsPage",
  ),
});

const skill = createRoute({
  getParentRoute: () => workspace,
  path: "/skills/$skillId",
  validateSearch: SkillPageSearch,
  component: lazyPage(
    withTexts(() => import("../skills/skill-page.tsx")),
    "SkillPage",
  ),
});

const runtimes = createRoute({
  getParentRoute: () => workspace,
  path: "/runtimes",
  validateSearch: RuntimesSearch,
  component: lazyPage(
    withTexts(() => import("../runtimes/runtimes-page.tsx")),
    "RuntimesPage",
  ),
});

const members = createRoute({
  getParentRoute: () => workspace,
  path: "/members",
  component: lazyPage(
    withTexts(() => import("../members/members-page.tsx")),
    "MembersPage",
  ),
});

/** Who does the work, what they know and where they run. */
export const staffPages = [agents, agent, skills, skill, runtimes, members] as const;
