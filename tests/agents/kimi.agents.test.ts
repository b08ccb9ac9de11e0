import { kimi } from "./support/profiles/kimi.ts";
import { tellStories } from "./support/tell-stories.ts";

tellStories(kimi);
