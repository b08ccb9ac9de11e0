import { Sparkline } from "../charts/sparkline.tsx";

const sample = [2, 5, 3, 8, 6, 4, 9, 7, 11, 6, 8, 12] as const;

/** Bars as they will be here. */
export function UsagePicture() {
  return <Sparkline label="" values={sample} width={168} height={36} lastIsPartial />;
}
