import type { ComponentProps } from "react";
import ReactMarkdown, { defaultUrlTransform, type Components } from "react-markdown";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import { useText } from "../i18n/use-text.ts";

const mentionProtocol = "mention:";

const schema = {
  ...defaultSchema,
  protocols: { ...defaultSchema.protocols, href: ["http", "https", "mailto", "mention"] },
};

const components: Components = {
  a: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
  input: ({ checked }) => <TaskBox checked={checked === true} />,
  // A remote picture would tell its host who reads this; its address is shown instead.
  img: ({ src, alt }) => (
    <SafeLink href={typeof src === "string" ? src : undefined}>{alt || "image"}</SafeLink>
  ),
};

/** The parsing half of Markdown, loaded when first needed. */
export function MarkdownView({ text }: { readonly text: string }) {
  return (
    <ReactMarkdown
      remarkPlugins={[remarkGfm]}
      rehypePlugins={[[rehypeSanitize, schema]]}
      components={components}
      urlTransform={(url) => (url.startsWith(mentionProtocol) ? url : defaultUrlTransform(url))}
    >
      {text}
    </ReactMarkdown>
  );
}

function SafeLink({ href, children }: Pick<ComponentProps<"a">, "href" | "children">) {
  if (href === undefined || href === "") return children;
  if (href.startsWith(mentionProtocol)) return <span className="mention">{children}</span>;
  const host = hostOf(href);
  return (
    <>
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
      {host !== null && children !== href && <span className="link-host">({host})</span>}
    </>
  );
}

/** The box of a task list item: a fact of the text, not a control. */
function TaskBox({ checked }: { readonly checked: boolean }) {
  const text = useText();
  const label = checked ? text.states.task.done : text.states.category.todo;
  return <input type="checkbox" disabled checked={checked} readOnly aria-label={label} />;
}

/** The host of an absolute address; null for paths and anchors of this page. */
function hostOf(href: string): string | null {
  return URL.canParse(href) ? new URL(href).host || null : null;
}
