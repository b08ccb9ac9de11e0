import type { Cli } from "../cli.ts";
import { findOne } from "./find-one.ts";

export type FoundActor = {
  readonly type: "member" | "agent";
  readonly id: string;
  readonly name: string;
};

/** A person or an agent of the workspace, by name or id; `me` is the signed-in person. */
export async function findActor(cli: Cli, wanted: string): Promise<FoundActor> {
  if (wanted === "me" && !cli.taskMode) return me(cli);
  const workspace = await cli.workspace();
  const [members, agents] = await Promise.all([
    cli.call("members.list", { workspace }),
    cli.call("agents.list", { workspace }),
  ]);
  const actors = [
    ...agents.items.map((item): FoundActor => ({ type: "agent", id: item.id, name: item.name })),
    ...members.items.map((item): FoundActor => ({ type: "member", id: item.id, name: item.name })),
  ];
  return findOne(actors, wanted, "memberOrAgent");
}

async function me(cli: Cli): Promise<FoundActor> {
  const { user } = await cli.call("account.me", {});
  return { type: "member", id: user.id, name: user.name };
}
