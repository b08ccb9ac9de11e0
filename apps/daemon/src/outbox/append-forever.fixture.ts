import { LeaseJournal } from "./lease-journal.ts";
import { Outbox } from "./outbox.ts";
import { transcriptRow, usageOf } from "./outbox.fixture.ts";
import type { LeaseKey } from "./outbox-entry.ts";

/** Appends records until it is killed and writes a dot for each one that is on the disk. */
const [folder = "", keyText = ""] = process.argv.slice(2);
const outbox = await Outbox.open(folder, { maxBytes: 2 ** 31, batchMs: 1 });
const journal: LeaseJournal = await outbox.journal(JSON.parse(keyText) as LeaseKey);
for (let seq = 0; ; seq += 1) {
  const content = seq % 3 === 0 ? usageOf(`u${seq}`) : transcriptRow(seq, "z".repeat(seq % 700));
  await journal.append(content);
  process.stdout.write(".");
}
