import type { Text } from "../../../shared/language.ts";
import { t } from "../../language.ts";

/** Series by their ids under what happens to them; nothing where there are none. */
export const IdList = ({ title, ids }: { readonly title: Text; readonly ids: readonly string[] }) =>
  ids.length === 0 ? null : (
    <div>
      <p>{t(title)}</p>
      <ul class="export-list small">
        {ids.map((id) => (
          <li key={id}>{id}</li>
        ))}
      </ul>
    </div>
  );
