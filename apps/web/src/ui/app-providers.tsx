import { LucideProvider } from "lucide-react";
import type { ReactNode } from "react";
import { TooltipProvider } from "./tooltip.tsx";

/** Settings that every component relies on: icon size and stroke, tooltip delay. */
export function AppProviders({ children }: { readonly children: ReactNode }) {
  return (
    <LucideProvider size={16} strokeWidth={1.5}>
      <TooltipProvider delayDuration={350} skipDelayDuration={200}>
        {children}
      </TooltipProvider>
    </LucideProvider>
  );
}
