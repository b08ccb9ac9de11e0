import { use, useCallback, useReducer, type ComponentType, type FunctionComponent } from "react";
import { patientImport } from "../data/patient-import.ts";

export type MissingProps = { readonly error: unknown; readonly onRetry: () => void };

/** A component whose code may not be here yet; `preload` fetches it and never rejects. */
export type OnDemand<Props> = FunctionComponent<Props> & { preload(): Promise<void> };

/**
 * A component whose code is fetched when it is first drawn, or before; below a `Suspense`. Where the
 * code cannot be had, `Missing` is drawn in its place instead of an error that takes the whole page
 * with it; whatever asks next, by drawing anew or by `preload`, tries again.
 */
export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Missing: ComponentType<Props & MissingProps>,
): OnDemand<Props> {
  let loaded: ComponentType<Props> | null = null;
  let failure: { readonly error: unknown } | null = null;
  let loading: Promise<void> | null = null;

  const fetchCode = async (): Promise<void> => {
    try {
      loaded = await patientImport(load);
    } catch (error) {
      // Drawn instead of the component; thrown, it would replace everything around it.
      failure = { error };
    }
    loading = null;
  };
  const preload = (): Promise<void> => {
    if (loaded !== null) return Promise.resolve();
    failure = null;
    loading ??= fetchCode();
    return loading;
  };

  function OnDemandPart(props: Props) {
    const [, draw] = useReducer((count: number) => count + 1, 0);
    const retry = useCallback(() => {
      void preload();
      draw();
    }, []);
    if (loaded !== null) {
      const Loaded = loaded;
      return <Loaded {...props} />;
    }
    if (failure === null) use(preload());
    return <Missing {...props} error={failure?.error} onRetry={retry} />;
  }
  return Object.assign(OnDemandPart, { preload });
}
