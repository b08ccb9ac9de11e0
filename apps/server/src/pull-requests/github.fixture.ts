import { createHmac } from "node:crypto";
import { gitConnections } from "@headcount/contract/pull-requests/connection-routes";
import type { GitConnectionId } from "@headcount/contract/kit/ids";
import { pullRequests } from "@headcount/contract/pull-requests/routes";
import type { GitConnection, PullRequest } from "@headcount/contract/pull-requests/schemas";
import type { TestApp } from "../testing/test-app.ts";

/** What a test says of a pull request; the rest is as GitHub would send it. */
export type Sent = {
  readonly number?: number;
  /** `owner/name`; `acme/web` unless stated. */
  readonly repository?: string;
  /** What stays of it when its repository is renamed; one of its own for each number unless stated. */
  readonly id?: number;
  readonly title?: string;
  readonly body?: string | null;
  readonly branch?: string;
  readonly state?: "open" | "closed";
  readonly draft?: boolean;
  readonly mergedAt?: string | null;
  readonly updatedAt?: string;
  readonly action?: string;
};

/** An event `pull_request`, with the members that GitHub documents for it and a few that are not read. */
export function pullRequestEvent(sent: Sent = {}): Record<string, unknown> {
  const { number = 1, repository = "acme/web" } = sent;
  const { mergedAt = null, updatedAt = "2026-10-02T10:00:00Z" } = sent;
  const state = mergedAt === null ? (sent.state ?? "open") : "closed";
  return {
    action: sent.action ?? "edited",
    number,
    pull_request: {
      id: sent.id ?? 279_147_437 + number,
      node_id: "MDExOlB1bGxSZXF1ZXN0Mjc5MTQ3NDM3",
      html_url: `https://github.com/${repository}/pull/${number}`,
      number,
      state,
      locked: false,
      title: sent.title ?? "Change something",
      user: { login: "octocat", id: 21_031_067, type: "User" },
      body: sent.body ?? null,
      created_at: "2026-10-01T10:00:00Z",
      updated_at: updatedAt,
      closed_at: state === "closed" ? (mergedAt ?? updatedAt) : null,
      merged_at: mergedAt,
      merge_commit_sha: null,
      draft: sent.draft ?? false,
      head: { label: "acme:changes", ref: sent.branch ?? "changes", sha: "ec26c3e5".repeat(5) },
      base: { label: "acme:main", ref: "main", sha: "f95f852b".repeat(5) },
      merged: mergedAt !== null,
      comments: 0,
      commits: 1,
      additions: 12,
      deletions: 3,
      changed_files: 1,
    },
    repository: { id: 186_853_002, full_name: repository, private: true },
    sender: { login: "octocat", id: 21_031_067 },
  };
}

export type Hook = {
  readonly connection: GitConnection;
  readonly secret: string;
  /** Sends an event as GitHub would. */
  send(payload: unknown, options?: SendOptions): Promise<HookAnswer>;
};

export type SendOptions = {
  readonly event?: string | null;
  /** Signed with the connection's secret unless stated; null sends no signature. */
  readonly secret?: string | null;
  readonly url?: string;
  readonly ip?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type HookAnswer = { readonly status: number; readonly body: Record<string, unknown> };

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Numbers of pull requests that no other case of a file has. */
export function freshNumbers(): () => number {
  let last = 100;
  return () => {
    last += 1;
    return last;
  };
}

/** Sends bytes as they are, signed with a secret. */
export async function sendBytes(
  test: TestApp,
  bytes: Uint8Array<ArrayBuffer>,
  options: SendOptions & { readonly url: string },
): Promise<HookAnswer> {
  const { event = "pull_request", secret = null } = options;
  const signature =
    secret === null ? {} : { "x-hub-signature-256": `sha256=${signatureOf(bytes, secret)}` };
  const request = new Request(options.url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/044aadd",
      "x-github-delivery": crypto.randomUUID(),
      ...(event === null ? {} : { "x-github-event": event }),
      ...signature,
      ...options.headers,
    },
    body: bytes,
  });
  const socket = { remoteAddress: options.ip ?? "140.82.112.1" };
  const reply = await test.app.api.fetch(request, { incoming: { socket } });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

export function signatureOf(bytes: Uint8Array, secret: string): string {
  return createHmac("sha256", secret).update(bytes).digest("hex");
}

/** A connection of the workspace, and the GitHub behind it. */
export async function connectGithub(test: TestApp, name = "GitHub"): Promise<Hook> {
  const { connection, secret } = await test.alice.call(gitConnections.create, {
    workspace: test.workspace,
    name,
  });
  return {
    connection,
    secret,
    send: (payload, options = {}) =>
      sendBytes(test, bytesOf(JSON.stringify(payload)), {
        url: connection.url,
        secret,
        ...options,
      }),
  };
}

/** The pull requests of a number that the workspace knows, as a member reads them. */
export async function readStored(test: TestApp, number: number): Promise<readonly PullRequest[]> {
  const { items } = await test.bob.call(pullRequests.list, { workspace: "acme", limit: 100 });
  return items.filter((one) => one.number === number);
}

/** A connection as an admin reads it. */
export async function readConnection(
  test: TestApp,
  id: GitConnectionId,
): Promise<GitConnection | undefined> {
  const { items } = await test.alice.call(gitConnections.list, { workspace: "acme" });
  return items.find((one) => one.id === id);
}
