import { stoppedByBudget } from "./support/cases/budget-stop.ts";
import { delegated } from "./support/cases/delegated.ts";
import { imported } from "./support/cases/imported.ts";
import { streamCutOnce } from "./support/cases/provider-trouble.ts";
import { resumedAfterCancel } from "./support/cases/resumed.ts";
import { claude } from "./support/profiles/claude.ts";
import { exact, partial } from "./support/stated-coverage.ts";
import { tellStories } from "./support/tell-stories.ts";

tellStories(claude, [
  { case: streamCutOnce, coverage: partial(/not counted/) },
  { case: resumedAfterCancel(exact), coverage: exact },
  { case: stoppedByBudget, coverage: exact },
  { case: delegated, coverage: exact },
  { case: imported, coverage: exact },
]);
