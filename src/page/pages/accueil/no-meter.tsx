import { useEffect } from "preact/hooks";
import type { SyncState } from "../../../server/api/sync.ts";
import { useApi } from "../../api/resource.ts";
import { EmptyState } from "../../kit/empty-state.tsx";
import { t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { texts } from "./texts.ts";

/** Before the first meter has answered. Without an account there is nothing to wait for: the first steps ask for it. */
export function NoMeter() {
  const sync = useApi<SyncState>("api/sync");
  const isBlank = sync.data?.canRequest === false;
  useEffect(() => {
    if (isBlank) location.replace(hrefOf("premier-pas"));
  }, [isBlank]);
  return <EmptyState title={t(texts.waiting)} text={t(texts.waitingMore)} />;
}
