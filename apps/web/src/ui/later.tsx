import { useEffect, useState, type ComponentType, type ReactNode } from "react";
import { patientImport } from "../data/patient-import.ts";
import { afterFirstPaint } from "./after-first-paint.ts";

/**
 * A component whose code is fetched after the first page is on screen. Until it arrives, and while it
 * cannot be fetched, its place is taken by `placeholder`, which must have the same size.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  placeholder: (props: Props) => ReactNode = () => null,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  const fetchOnce = async (): Promise<void> => {
    loaded ??= await patientImport(load);
  };
  afterFirstPaint(fetchOnce);
  return function Later(props: Props) {
    const [Loaded, setLoaded] = useState(() => loaded);
    useEffect(() => {
      if (Loaded !== null) return;
      afterFirstPaint(async () => {
        await fetchOnce();
        setLoaded(() => loaded);
      });
    }, [Loaded]);
    return Loaded === null ? placeholder(props) : <Loaded {...props} />;
  };
}
