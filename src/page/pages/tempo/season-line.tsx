import type { SeasonAnswer } from "../../../server/api/tempo.ts";
import { Icon } from "../../kit/icon.tsx";
import { t } from "../../language.ts";
import { change } from "../../navigation.ts";
import { texts } from "./texts.ts";
import { hasColors, isPresent, otherSeason } from "./words.ts";

/** Which season is shown, and the way to the others: back to the first without a colour, never beyond the present one. */
export const SeasonLine = ({ season }: { readonly season: SeasonAnswer }) => (
  <div class="tempo-season">
    <StepButton season={season} by={-1} isPossible={hasColors(season)} />
    <p class="strong" aria-live="polite">
      {t(texts.season)} {season.season}
    </p>
    <StepButton season={season} by={1} isPossible={!isPresent(season)} />
  </div>
);

interface StepButtonProps {
  readonly season: SeasonAnswer;
  readonly by: -1 | 1;
  readonly isPossible: boolean;
}

/** Stays in place where it leads nowhere, so that the focus is not lost. */
const StepButton = ({ season, by, isPossible }: StepButtonProps) => (
  <button
    type="button"
    class="button icon"
    aria-label={t(by < 0 ? texts.previous : texts.next)}
    aria-disabled={!isPossible}
    onClick={() => isPossible && change({ saison: otherSeason(season.season, by) })}
  >
    <Icon name={by < 0 ? "left" : "right"} />
  </button>
);
