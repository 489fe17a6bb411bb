import { EmptyState } from "../../kit/empty-state.tsx";
import { t } from "../../language.ts";
import { texts } from "./texts.ts";

export default function Page() {
  return <EmptyState title={t(texts.empty)} text={t(texts.emptyMore)} />;
}
