import { cancelInTool, cancelMidStream } from "./support/cases/cancel.ts";
import { imported } from "./support/cases/imported.ts";
import { keyRefused, rateLimitedOnce, streamCutForGood } from "./support/cases/provider-trouble.ts";
import { daemonKilled, serverAway } from "./support/cases/recovery.ts";
import { resumed, resumedAfterCancel } from "./support/cases/resumed.ts";
import { success } from "./support/cases/success.ts";
import { exact, partial } from "./support/stated-coverage.ts";
import { tellStories } from "./support/tell-stories.ts";

/** Codex says nothing of a reply that did not end, and so cannot tell whether there was one. */
const mayLackReply = partial(/broken off is not in the CLI's totals/);

tellStories("codex", [
  { case: success, coverage: exact },
  { case: rateLimitedOnce, coverage: exact },
  { case: keyRefused, coverage: exact },
  { case: streamCutForGood, coverage: mayLackReply },
  { case: cancelInTool, coverage: mayLackReply },
  { case: cancelMidStream, coverage: mayLackReply },
  { case: resumed, coverage: exact },
  { case: resumedAfterCancel(mayLackReply), coverage: exact },
  { case: daemonKilled, coverage: partial(/only what was known is counted/) },
  { case: serverAway, coverage: exact },
  { case: imported, coverage: exact },
]);
