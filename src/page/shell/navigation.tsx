import { Icon, type IconName } from "../kit/icon.tsx";
import { t } from "../language.ts";
import { hrefOf } from "../navigation.ts";
import { pages } from "../pages.ts";
import { texts } from "./texts.ts";

/** A bar of five at the bottom of a phone, a rail with everything on the left elsewhere. */
export function Navigation({ current }: { readonly current: string }) {
  const shown = pages.filter(({ place }) => place !== "none");
  const isInMore = current === "plus" || shown.some(({ name, place }) => name === current && place === "more");
  return (
    <nav class="navigation" aria-label={t(texts.navigation)}>
      <ul>
        {shown.map(({ name, title, icon, place }) => (
          <li key={name} class={place}>
            <Entry href={hrefOf(name)} icon={icon} title={t(title)} isCurrent={name === current} />
          </li>
        ))}
        <li class="only-bar">
          <Entry href={hrefOf("plus")} icon="more" title={t(texts.more)} isCurrent={isInMore} />
        </li>
      </ul>
    </nav>
  );
}

interface EntryProps {
  readonly href: string;
  readonly icon: IconName;
  readonly title: string;
  readonly isCurrent: boolean;
}

const Entry = ({ href, icon, title, isCurrent }: EntryProps) => (
  <a href={href} {...(isCurrent ? { "aria-current": "page" as const } : {})}>
    <Icon name={icon} size={24} />
    <span>{title}</span>
  </a>
);
