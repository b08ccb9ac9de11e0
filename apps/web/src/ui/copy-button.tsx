import { Check, Copy, Link } from "lucide-react";
import { useEffect, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { IconButton } from "./icon-button.tsx";

type CopyButtonProps = {
  readonly value: string;
  readonly label?: string;
  readonly icon?: "copy" | "link";
  readonly size?: "small" | "normal";
};

/** Copies a text and says so in place. */
export function CopyButton({ value, label, icon = "copy", size = "small" }: CopyButtonProps) {
  const text = useText();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <IconButton
      size={size}
      label={copied ? text.common.copied : (label ?? text.common.copy)}
      onClick={() => void copy()}
    >
      {copied ? <Check size={14} className="text-done-ink" /> : pictures[icon]}
    </IconButton>
  );
}

const pictures = { copy: <Copy size={14} />, link: <Link size={16} /> } as const;
