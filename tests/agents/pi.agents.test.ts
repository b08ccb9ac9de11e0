import { pi } from "./support/profiles/pi.ts";
import { tellStories } from "./support/tell-stories.ts";

tellStories(pi);
