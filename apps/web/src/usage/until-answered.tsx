import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { classNames } from "../ui/class-names.ts";

type UntilAnsweredProps = {
  readonly reply: Pick<UseQueryResult, "isPlaceholderData">;
  readonly className?: string;
  /** What is drawn from the reply. */
  readonly children: ReactNode;
};

/** Figures that still answer the question before stay, pale and marked as such, until there are new ones. */
export function UntilAnswered({ reply, className, children }: UntilAnsweredProps) {
  const isOld = reply.isPlaceholderData;
  return (
    <div
      aria-busy={isOld}
      className={classNames(className, isOld && "opacity-60 transition-opacity delay-200")}
    >
      {children}
    </div>
  );
}
