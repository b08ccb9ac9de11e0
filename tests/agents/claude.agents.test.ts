import { cancelInTool, cancelMidStream } from "./support/cases/cancel.ts";
import { delegated } from "./support/cases/delegated.ts";
import { imported } from "./support/cases/imported.ts";
import { keyRefused, rateLimitedOnce, streamCutOnce } from "./support/cases/provider-trouble.ts";
import { daemonKilled, serverAway } from "./support/cases/recovery.ts";
import { resumed, resumedAfterCancel } from "./support/cases/resumed.ts";
import { success } from "./support/cases/success.ts";
import { exact, partial } from "./support/stated-coverage.ts";
import { tellStories } from "./support/tell-stories.ts";

tellStories("claude", [
  { case: success, coverage: exact },
  { case: rateLimitedOnce, coverage: exact },
  { case: keyRefused, coverage: exact },
  { case: streamCutOnce, coverage: partial(/not counted/) },
  { case: cancelInTool, coverage: exact },
  { case: cancelMidStream, coverage: partial(/broken off and is not counted/) },
  { case: resumed, coverage: exact },
  { case: resumedAfterCancel(exact), coverage: exact },
  { case: delegated, coverage: exact },
  { case: daemonKilled, coverage: partial(/only what was known is counted/) },
  { case: serverAway, coverage: exact },
  { case: imported, coverage: exact },
]);
