import { gemini } from "./support/profiles/gemini.ts";
import { tellStories } from "./support/tell-stories.ts";

tellStories(gemini);
