import { makeClient } from "@headcount/client/make-client";
import { daemon } from "@headcount/contract/daemon/routes";
import {
  type AgentId,
  type DaemonId,
  newId,
  type ProjectId,
  type RuntimeId,
  type UserId,
} from "@headcount/contract/kit/ids";
import { account, auth } from "@headcount/contract/users/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { mintOwnerLink } from "@headcount/server/users/owner-link";
import {
  agentsEach,
  type BenchMachine,
  type BenchWorkspace,
  type Fleet,
  historyDays,
  hotShare,
  machineCount,
  membersEach,
  projectsEach,
  runtimesEach,
  workspaceCount,
} from "./fleet.ts";
import type { Books } from "./open-books.ts";

/** Signs the owner in, enrols the machines and makes the workspaces with everything in them. */
export async function makeFleet(books: Books): Promise<Fleet> {
  const ownerToken = await becomeOwner(books);
  const machines = await enrolMachines(books, ownerToken);
  const members = await addMembers(books);
  const client = makeClient({ baseUrl: books.url, token: ownerToken, clientName: "bench" });
  const made: BenchWorkspace[] = [];
  for (let index = 0; index < workspaceCount; index += 1) {
    const slug = `bench-${index}`;
    const { id } = await client.call(workspaces.create, { name: `Bench ${index}`, slug });
    made.push({
      id,
      slug,
      share: index === 0 ? hotShare : (1 - hotShare) / (workspaceCount - 1),
      agentIds: ids<AgentId>(agentsEach),
      projectIds: ids<ProjectId>(projectsEach),
      runtimeIds: ids<RuntimeId>(runtimesEach),
      memberIds: members,
    });
  }
  for (const workspace of made) await fillWorkspace(books, workspace, machines);
  const [hot] = made;
  if (!hot) throw new Error("No workspace was made");
  return { workspaces: made, hot, machines, ownerToken };
}

const ids = <Id extends string>(count: number): Id[] =>
  Array.from({ length: count }, () => newId<Id>());

async function becomeOwner({ app, url }: Books): Promise<string> {
  const link = await mintOwnerLink(app);
  const secret = link?.split("#")[1] ?? "";
  const post = (path: string, headers: Record<string, string>, body: unknown) =>
    fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const setup = await post(auth.setup.path, {}, { secret, name: "Ada", email: "ada@bench.test" });
  const { csrfToken } = (await setup.json()) as { csrfToken: string };
  const cookie = setup.headers.get("set-cookie")?.split(";")[0] ?? "";
  const signed = { cookie, "x-csrf-token": csrfToken };
  const minted = await post(account.createToken.path, signed, { name: "bench" });
  const { value } = (await minted.json()) as { value: string };
  return value;
}

async function enrolMachines({ url }: Books, token: string): Promise<BenchMachine[]> {
  const client = makeClient({ baseUrl: url, token, clientName: "bench" });
  const machines: BenchMachine[] = [];
  for (let index = 0; index < machineCount; index += 1) {
    const id = newId<DaemonId>();
    const identity = { daemonId: id, version: "1.0.0", platform: "linux-x64", capabilities: [] };
    const enrolled = await client.call(daemon.enrol, { ...identity, deviceName: `bench ${index}` });
    machines.push({ id, token: enrolled.token });
  }
  return machines;
}

async function addMembers({ owner }: Books): Promise<UserId[]> {
  const members = ids<UserId>(membersEach);
  await owner`
    insert into users (id, name, email, created_at)
    select id, 'Member ' || place, 'member' || place || '@bench.test', now()
    from unnest(${members}::uuid[]) with ordinality as item(id, place)`;
  return members;
}

/** What the views name: agents, projects, runtimes and members. */
async function fillWorkspace(
  { owner }: Books,
  workspace: BenchWorkspace,
  machines: readonly BenchMachine[],
): Promise<void> {
  const { id, agentIds, projectIds, runtimeIds, memberIds } = workspace;
  const since = owner`now() - make_interval(days => ${historyDays + 30})`;
  await owner.begin(async (tx) => {
    await tx`update workspaces set created_at = ${since} where workspace_id = ${id}`;
    await tx`
      insert into members (workspace_id, user_id, role, joined_at)
      select ${id}, member_id, 'member', ${since} from unnest(${memberIds}::uuid[]) as member_id`;
    await tx`
      insert into projects (workspace_id, id, title, created_at, updated_at)
      select ${id}, project_id, 'Project ' || place, ${since}, ${since}
      from unnest(${projectIds}::uuid[]) with ordinality as item(project_id, place)`;
    await tx`
      insert into runtimes (workspace_id, id, daemon_id, machine_id, owner_id, cli, cli_title,
        machine_name, daemon_version, platform, sharing, last_seen_at, created_at)
      select ${id}, runtime_id, machine_id, machine_id, ${memberIds[0] ?? null},
        case when place <= ${machines.length} then 'claude' else 'codex' end, 'CLI', 'machine ' || place, '1.0.0', 'linux-x64', 'workspace', now(), ${since}
      from unnest(${runtimeIds}::uuid[]) with ordinality as item(runtime_id, place)
      cross join lateral (select (${machines.map((machine) => machine.id)}::uuid[])[
        1 + place % ${machines.length}] as machine_id) as machine`;
    await tx`
      insert into agents (workspace_id, id, name, runtime_id, access, owner_id, created_at)
      select ${id}, agent_id, 'Agent ' || place,
        (${runtimeIds}::uuid[])[1 + place % ${runtimeIds.length}], 'workspace',
        (${memberIds}::uuid[])[1 + place % ${memberIds.length}], ${since}
      from unnest(${agentIds}::uuid[]) with ordinality as item(agent_id, place)`;
  });
}
