import { reloadBootstrap } from "../data/load-bootstrap.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { rememberWorkspace } from "../workspaces/last-workspace.ts";
import type { WorkspaceView } from "../workspaces/workspace-context.tsx";
import { WorkspaceForm } from "../workspaces/workspace-form.tsx";
import { StepFrame } from "./step-frame.tsx";

type WorkspaceStepProps = {
  readonly workspace: WorkspaceView | null;
  readonly onDone: () => void;
};

/** Names the workspace; one that exists is shown instead. */
export function WorkspaceStep({ workspace, onDone }: WorkspaceStepProps) {
  const text = useText();
  return (
    <StepFrame title={text.onboarding.workspaceTitle} hint={text.onboarding.workspaceHint}>
      {workspace === null ? (
        <WorkspaceForm
          onCreated={({ slug }) => {
            rememberWorkspace(slug);
            void reloadBootstrap().then(onDone);
          }}
        />
      ) : (
        <div className="flex flex-col items-start gap-5">
          <p className="flex items-center gap-2 text-14">
            <StateGlyph state="done" decorative />
            {text.onboarding.workspaceReady({ name: workspace.name })}
          </p>
          <Button variant="primary" size="large" onClick={onDone}>
            {text.onboarding.continueAction}
          </Button>
        </div>
      )}
    </StepFrame>
  );
}
