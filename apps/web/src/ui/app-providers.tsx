import { LucideProvider } from "lucide-react";
import type { ReactNode } from "react";
import { later } from "./later.tsx";

const TooltipLayer = later(async () => (await import("./tooltip-layer.tsx")).TooltipLayer);

/** Settings that every component relies on (icon size and stroke), and the layer of tooltips. */
export function AppProviders({ children }: { readonly children: ReactNode }) {
  return (
    <LucideProvider size={16} strokeWidth={1.5}>
      {children}
      <TooltipLayer />
    </LucideProvider>
  );
}
