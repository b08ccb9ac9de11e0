import { imported } from "./support/cases/imported.ts";
import { streamCutForGood } from "./support/cases/provider-trouble.ts";
import { resumedAfterCancel } from "./support/cases/resumed.ts";
import { codex, mayLackReply } from "./support/profiles/codex.ts";
import { exact } from "./support/stated-coverage.ts";
import { tellStories } from "./support/tell-stories.ts";

tellStories(codex, [
  { case: streamCutForGood, coverage: mayLackReply },
  { case: resumedAfterCancel(mayLackReply), coverage: exact },
  { case: imported, coverage: exact },
]);
