import { qwen } from "./support/profiles/qwen.ts";
import { tellStories } from "./support/tell-stories.ts";

tellStories(qwen);
