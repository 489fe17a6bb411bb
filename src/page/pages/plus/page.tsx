import "./page.css";
import { Card } from "../../kit/card.tsx";
import { Icon } from "../../kit/icon.tsx";
import { t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { pages } from "../../pages.ts";

/** What the bar of a phone has no room for. */
export default function Page() {
  return (
    <Card>
      <ul class="more-list">
        {pages
          .filter(({ place }) => place === "more")
          .map(({ name, title, icon }) => (
            <li key={name}>
              <a href={hrefOf(name)}>
                <Icon name={icon} size={24} />
                {t(title)}
              </a>
            </li>
          ))}
      </ul>
    </Card>
  );
}
