import { opencode } from "./support/profiles/opencode.ts";
import { tellStories } from "./support/tell-stories.ts";

tellStories(opencode);
