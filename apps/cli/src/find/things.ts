/** A sort of thing that people name on the command line. */
export type Thing = {
  readonly english: string;
  readonly chinese: string;
  /** People call it by its id. */
  readonly isNameless?: true;
  /** The command that shows those that there are. */
  readonly list: string;
  /** The command that makes the first one, where one does. */
  readonly make?: string;
  /** What the server calls it in the reason `….not_found`, where it ever says so. */
  readonly reason?: string;
  /** Members of a call's input that name it. */
  readonly inputs?: readonly string[];
};

export const things = {
  agent: {
    english: "agent",
    chinese: "智能体",
    list: "agent list",
    make: "agent create",
    reason: "agent",
    inputs: ["agentId", "agent"],
  },
  archivedAgent: {
    english: "archived agent",
    chinese: "已归档的智能体",
    list: "agent list --archived",
  },
  budget: {
    english: "budget",
    chinese: "预算",
    list: "budget list",
    make: "budget create",
    reason: "budget",
    inputs: ["budgetId"],
  },
  comment: {
    english: "comment",
    chinese: "评论",
    isNameless: true,
    list: "issue comment list ISSUE",
    reason: "comment",
    inputs: ["commentId", "parentId"],
  },
  event: {
    english: "event",
    chinese: "用量事件",
    isNameless: true,
    list: "usage events TASK",
    reason: "event",
    inputs: ["event"],
  },
  gitConnection: {
    english: "git connection",
    chinese: "Git 连接",
    list: "git-connection list",
    make: "git-connection create",
    reason: "git_connection",
    inputs: ["connectionId"],
  },
  issue: {
    english: "issue",
    chinese: "事项",
    list: "issue list",
    make: "issue create",
    reason: "issue",
    inputs: ["issue", "issueId", "subject", "issues"],
  },
  machine: {
    english: "machine",
    chinese: "机器",
    list: "runtime list",
    make: "setup",
    reason: "machine",
    inputs: ["daemonId"],
  },
  member: {
    english: "member",
    chinese: "成员",
    list: "member list",
    make: "member invite",
    reason: "member",
    inputs: ["memberId", "member"],
  },
  memberOrAgent: {
    english: "member or agent",
    chinese: "成员或智能体",
    list: "agent list",
  },
  notice: {
    english: "notice",
    chinese: "通知",
    isNameless: true,
    list: "notice list",
  },
  price: {
    english: "price",
    chinese: "价格",
    list: "usage price-list",
    make: "usage price-set",
    reason: "price_override",
    inputs: ["overrideId"],
  },
  project: {
    english: "project",
    chinese: "项目",
    list: "project list",
    make: "project create",
    reason: "project",
    inputs: ["projectId"],
  },
  pullRequest: {
    english: "pull request",
    chinese: "拉取请求",
    isNameless: true,
    list: "pull-request list",
    make: "pull-request record",
    reason: "pull_request",
    inputs: ["pullRequestId"],
  },
  repricing: {
    english: "repricing",
    chinese: "重新计价",
    isNameless: true,
    list: "usage repricings",
    make: "usage reprice",
    reason: "repricing",
    inputs: ["repricingId"],
  },
  runtime: {
    english: "runtime",
    chinese: "运行环境",
    list: "runtime list",
    make: "setup",
    reason: "runtime",
    inputs: ["runtimeId", "toRuntimeId"],
  },
  skill: {
    english: "skill",
    chinese: "技能",
    list: "skill list",
    make: "skill create",
    reason: "skill",
    inputs: ["skillId"],
  },
  skillFile: {
    english: "file",
    chinese: "文件",
    list: "skill files list SKILL",
    reason: "file",
    inputs: ["path"],
  },
  tankEntry: {
    english: "entry",
    chinese: "记录",
    isNameless: true,
    list: "tank history",
    make: "tank top-up",
    reason: "entry",
    inputs: ["corrects"],
  },
  task: {
    english: "task",
    chinese: "任务",
    isNameless: true,
    list: "task list",
    reason: "task",
    inputs: ["taskId"],
  },
} as const satisfies Readonly<Record<string, Thing>>;

export type ThingName = keyof typeof things;

export const noSuch = ({ english }: Thing, wanted: string): string =>
  `There is no ${english} "${wanted}".`;

export const seeList = ({ list }: Thing): string => `\`headcount ${list}\` shows what there is.`;
