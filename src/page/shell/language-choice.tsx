import { Segmented } from "../kit/segmented.tsx";
import { chooseLanguage, language, t } from "../language.ts";
import { texts } from "./texts.ts";

/** For pages that come before the settings can be reached. */
export const LanguageChoice = () => (
  <footer class="language-choice">
    <Segmented
      label={t(texts.language)}
      value={language.value}
      onChange={chooseLanguage}
      options={[
        { value: "fr", label: "Français" },
        { value: "en", label: "English" },
      ]}
    />
  </footer>
);
