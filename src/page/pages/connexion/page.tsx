import "./page.css";
import { useEffect } from "preact/hooks";
import type { SessionAnswer } from "../../../server/api/session.ts";
import { refreshAll, useApi } from "../../api/resource.ts";
import { EmptyState } from "../../kit/empty-state.tsx";
import { FailureLine } from "../../kit/problem.tsx";
import { Skeleton } from "../../kit/skeleton.tsx";
import { t } from "../../language.ts";
import { address } from "../../navigation.ts";
import { Login } from "./login.tsx";
import { Setup } from "./setup.tsx";
import { texts } from "./texts.ts";
import { placeAfter } from "./words.ts";

/** The door: the password, or on the first visit the choice of it. Who is known already goes on. */
export default function Page() {
  const session = useApi<SessionAnswer>("api/session");
  if (session.data === null)
    return session.failure ? (
      <FailureLine failure={session.failure} onRetry={() => void session.reload()} />
    ) : (
      <Skeleton lines={4} label={t(texts.loading)} />
    );
  if (session.data.needs === "none") return <Inside />;
  // Its answer is the new session; what was refused before is asked again.
  const onEntered = (): Promise<void> => refreshAll();
  return session.data.needs === "login" ? (
    <Login onEntered={onEntered} />
  ) : (
    <Setup onEntered={onEntered} onTaken={() => void session.reload()} />
  );
}

/** Goes on by itself; the link is for whoever comes back here. */
function Inside() {
  const next = placeAfter(address.value.params.retour);
  useEffect(() => location.replace(next), [next]);
  return <EmptyState title={t(texts.inside)} text="" action={{ label: t(texts.goOn), href: next }} />;
}
