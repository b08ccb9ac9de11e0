import { cline } from "./support/profiles/cline.ts";
import { tellStories } from "./support/tell-stories.ts";

tellStories(cline);
