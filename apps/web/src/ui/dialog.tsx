import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import { classNames } from "./class-names.ts";
import { focusWhatMatters } from "./focus-what-matters.ts";
import { returnFocus } from "./focus-memory.ts";
import { IconButton } from "./icon-button.tsx";

type DialogProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: string;
  readonly children: ReactNode;
  /** Buttons, the primary one last. */
  readonly footer?: ReactNode;
  readonly width?: "narrow" | "normal" | "wide";
  readonly hideTitle?: boolean;
};

const widths = { narrow: "tablet:w-105", normal: "tablet:w-140", wide: "tablet:w-180" } as const;

/** A question or a form above the page; on phones a sheet from the bottom. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  width = "normal",
  hideTitle = false,
}: DialogProps) {
  const text = useText();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="motion-fade fixed inset-0 z-40 bg-scrim" />
        <Primitive.Content
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          onOpenAutoFocus={focusWhatMatters}
          onCloseAutoFocus={returnFocus}
          tabIndex={-1}
          className={classNames(
            "fixed z-50 flex flex-col bg-raised shadow-float outline-none",
            "motion-sheet inset-x-0 bottom-0 max-h-[92dvh] rounded-t-dialog pb-[env(safe-area-inset-bottom)]",
            "tablet:motion-dialog tablet:inset-auto tablet:left-1/2 tablet:top-[12vh] tablet:max-h-[76vh] tablet:-translate-x-1/2 tablet:rounded-dialog tablet:pb-0",
            widths[width],
          )}
        >
          <div className={classNames("flex items-start gap-3 px-4 pt-3.5", hideTitle && "sr-only")}>
            <div className="min-w-0 grow pt-0.5">
              <Primitive.Title className="text-14 font-semibold">{title}</Primitive.Title>
              {description !== undefined && (
                <Primitive.Description className="mt-1 text-13 text-muted">
                  {description}
                </Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <IconButton label={text.common.close} size="small">
                <X />
              </IconButton>
            </Primitive.Close>
          </div>
          <div className="min-h-0 grow overflow-y-auto px-4 py-3">{children}</div>
          {footer !== undefined && (
            <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">
              {footer}
            </div>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
