import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { IconButton } from "./icon-button.tsx";

type CopyButtonProps = { readonly value: string; readonly label?: string };

/** Copies a text and says so in place. */
export function CopyButton({ value, label }: CopyButtonProps) {
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
      size="small"
      label={copied ? text.common.copied : (label ?? text.common.copy)}
      onClick={() => void copy()}
    >
      {copied ? <Check size={14} className="text-done-ink" /> : <Copy size={14} />}
    </IconButton>
  );
}
