import { git } from "./git.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What decides in whose name git commits: git-commit-tree(1), git-config(1). */
const decisive = /^(HOME|XDG_CONFIG_HOME|EMAIL|GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL)|GIT_CONFIG.*)$/;

/**
 * In whose name an agent commits in a folder, as variables: the shells of some agents hide the
 * settings of git. It is the person whose machine it is, where git knows them, else the agent.
 *
 * @param environment of the daemon, which the agent inherits
 */
export async function commitIdentity(
  directory: string,
  agentName: string,
  environment: Environment,
): Promise<Readonly<Record<string, string>>> {
  const [author, committer] = await Promise.all(
    ["AUTHOR", "COMMITTER"].map((role) => identOf(directory, role, environment)),
  );
  const own = agentIdentity(agentName);
  return {
    GIT_AUTHOR_NAME: author?.name ?? own.name,
    GIT_AUTHOR_EMAIL: author?.email ?? own.email,
    GIT_COMMITTER_NAME: committer?.name ?? own.name,
    GIT_COMMITTER_EMAIL: committer?.email ?? own.email,
  };
}

export type Identity = { readonly name: string; readonly email: string };

/** The address belongs to nobody: RFC 2606 §2 reserves its ending. */
export function agentIdentity(agentName: string): Identity {
  const name = agentName.replaceAll(/[<>\n]/g, " ").trim() || "agent";
  return { name, email: "agent@headcount.invalid" };
}

/** Null where git would have to guess. */
async function identOf(
  directory: string,
  role: string,
  environment: Environment,
): Promise<Identity | null> {
  const known = Object.entries(environment).flatMap(([name, value]) =>
    decisive.test(name) && value !== undefined ? [[name, value] as const] : [],
  );
  const asked = ["-c", "user.useConfigOnly=true", "var", `GIT_${role}_IDENT`];
  const line = await git(directory, asked, undefined, Object.fromEntries(known)).catch(() => "");
  const [, name = "", email = ""] = /^(.*) <(.*)> \d+ [+-]\d{4}$/.exec(line) ?? [];
  return name === "" || email === "" ? null : { name, email };
}
