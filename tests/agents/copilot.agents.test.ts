import { copilot } from "./support/profiles/copilot.ts";
import { tellStories } from "./support/tell-stories.ts";

tellStories(copilot);
