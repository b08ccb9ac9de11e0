import { type BriefInput, renderBrief } from "@headcount/domain/briefs/render-brief";
import type { PayloadSubject } from "./read-payload-facts.ts";

/** The stable context of a run: nothing in it differs between runs of one agent on one issue. */
export function payloadBrief(subject: PayloadSubject): string {
  return renderBrief({
    agent: {
      name: subject.agentName,
      description: subject.agentDescription,
      instructions: subject.instructions,
    },
    workspace: { name: subject.workspaceName, context: subject.workspaceContext },
    issueKey: subject.issueKey,
    project:
      subject.projectTitle === null
        ? null
        : { title: subject.projectTitle, description: subject.projectDescription ?? "" },
    directory: subject.directory?.mode ?? null,
    repositories: repositoriesOf(subject),
  });
}

/**
 * The project's repositories, then the workspace's. Machines check the project's out before the
 * run, unless it has a directory there; a single one becomes the working directory itself, and only
 * then is it simply there.
 */
function repositoriesOf(subject: PayloadSubject): BriefInput["repositories"] {
  const ofProject = subject.projectRepositories ?? [];
  const described = new Map(
    subject.workspaceRepositories.map(({ url, description }) => [url, description ?? ""]),
  );
  const own = ofProject.map(({ url }) => ({
    url,
    description: described.get(url) ?? "",
    prepared: ofProject.length === 1 && subject.directory === null,
  }));
  const listed = new Set(ofProject.map(({ url }) => url));
  const others = [...described]
    .filter(([url]) => !listed.has(url))
    .map(([url, description]) => ({ url, description, prepared: false }));
  return [...own, ...others];
}
