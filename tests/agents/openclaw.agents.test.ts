import { openclaw } from "./support/profiles/openclaw.ts";
import { tellStories } from "./support/tell-stories.ts";

tellStories(openclaw);
