import { daemon } from "@headcount/contract/daemon/routes";
import type { RecordAcknowledgement } from "@headcount/contract/daemon/schemas";
import { ErrorBody } from "@headcount/contract/kit/error";
import type { Books } from "../../support/books/open-books.ts";

export type OutboxReply = {
  readonly status: number;
  /** Per record, in the order of the answers: what became of it, or why it was refused. */
  readonly answers: readonly string[];
  readonly error: ErrorBody | null;
};

/** Sends anything as a batch of the machine's outbox, past every check of a client. */
export async function postOutbox(
  { test, machine }: Pick<Books, "test" | "machine">,
  records: unknown,
): Promise<OutboxReply> {
  return postOutboxText({ test, machine }, JSON.stringify({ records }));
}

/** The same with a body that need not even be JSON. */
export async function postOutboxText(
  { test, machine }: Pick<Books, "test" | "machine">,
  body: string,
): Promise<OutboxReply> {
  const reply = await test.app.api.fetch(
    new Request(`http://headcount.test${daemon.outbox.path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${machine.token}`, "content-type": "application/json" },
      body,
    }),
  );
  const said: unknown = await reply.json();
  if (!reply.ok) return { status: reply.status, answers: [], error: ErrorBody.parse(said) };
  const { acknowledgements } = said as { acknowledgements: RecordAcknowledgement[] };
  const answers = acknowledgements.map(({ result, reason }) => reason ?? result);
  return { status: reply.status, answers, error: null };
}
