import type { ComponentType } from "preact";
import { useEffect, useErrorBoundary, useRef, useState } from "preact/hooks";
import { EmptyState } from "../kit/empty-state.tsx";
import { Problem } from "../kit/problem.tsx";
import { Skeleton } from "../kit/skeleton.tsx";
import { language, t } from "../language.ts";
import { hrefOf } from "../navigation.ts";
import type { PageEntry } from "../pages.ts";
import { texts } from "./texts.ts";

/** Whether a page was shown before this one: the first is not taken the focus from. */
let wasShown = false;

/** One page under its title. The focus follows the reader there, so that the next words heard are the new page's. */
export function PageFrame({ entry }: { readonly entry: PageEntry | undefined }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const title = t(entry?.title ?? texts.unknownPage);
  useEffect(() => {
    document.title = `${title} · Linky Bridge`;
  }, [title, language.value]);
  useEffect(() => {
    if (wasShown) {
      scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    wasShown = true;
  }, []);
  return (
    <main id="content" tabIndex={-1}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {entry === undefined ? <UnknownPage /> : <Loaded entry={entry} />}
    </main>
  );
}

const UnknownPage = () => (
  <EmptyState
    title={t(texts.unknownPage)}
    text={t(texts.unknownPageMore)}
    action={{ label: t(texts.toHome), href: hrefOf("accueil") }}
  />
);

function Loaded({ entry }: { readonly entry: PageEntry }) {
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<{ readonly Page: ComponentType | null; readonly failed: boolean }>({
    Page: null,
    failed: false,
  });
  const [fault, resetFault] = useErrorBoundary((error) => console.error(error));
  useEffect(() => {
    entry.load().then(
      ({ default: Page }) => setState({ Page, failed: false }),
      () => setState({ Page: null, failed: true }),
    );
  }, [entry, tries]);
  if (fault)
    return <Problem text={t(texts.broken)} tone="bad" action={{ label: t(texts.reload), onClick: resetFault }} />;
  if (state.failed) {
    const again = { label: t(texts.reload), onClick: () => setTries(tries + 1) };
    return <Problem text={t(texts.notThere)} tone="bad" action={again} />;
  }
  return state.Page ? <state.Page /> : <Skeleton lines={4} label={t(texts.loading)} />;
}
