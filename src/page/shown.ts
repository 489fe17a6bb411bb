import { Fragment, options, type VNode } from "preact";
import { language } from "./language.ts";
import { spaced } from "./typography.ts";

/** Attributes that are read to somebody. */
const readAttributes = ["aria-label", "title", "alt", "placeholder", "label"];
/** What is shown exactly as it is. */
const verbatim: readonly unknown[] = ["pre", "code"];

/**
 * Gives every text of the page the spaces of its language where it is shown, whatever wrote it: the page's own texts, its
 * sentences with figures, and what the service tells.
 */
export function startTypography(): void {
  const former = options.vnode;
  options.vnode = (vnode) => {
    if (typeof vnode.type === "string" ? !verbatim.includes(vnode.type) : vnode.type === Fragment) respace(vnode);
    former?.(vnode);
  };
}

function respace({ props }: VNode): void {
  const held: Record<string, unknown> = props;
  if (held.children !== undefined) held.children = spacedChildren(held.children);
  for (const name of readAttributes) {
    const text = held[name];
    if (typeof text === "string") held[name] = spaced(text, language.value);
  }
}

function spacedChildren(children: unknown): unknown {
  if (typeof children === "string") return spaced(children, language.value);
  return Array.isArray(children) ? children.map(spacedChildren) : children;
}
