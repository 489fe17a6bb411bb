import "./sections.css";
import { address, hrefWith } from "../navigation.ts";

export interface SectionsProps<Name extends string> {
  /** What the parts are of, for those who listen. */
  readonly label: string;
  /** The first is shown where the address names none. */
  readonly options: readonly [SectionOption<Name>, ...SectionOption<Name>[]];
}

export interface SectionOption<Name extends string> {
  readonly value: Name;
  readonly label: string;
}

/** The part that the address names (`partie`). */
export function sectionOf<Name extends string>([first, ...rest]: SectionsProps<Name>["options"]): Name {
  return rest.find(({ value }) => value === address.value.params.partie)?.value ?? first.value;
}

/** Links to the parts of a long page, one of which is shown. */
export function Sections<Name extends string>({ label, options }: SectionsProps<Name>) {
  const current = sectionOf(options);
  return (
    <nav class="sections" aria-label={label}>
      {options.map((option) => (
        <a
          key={option.value}
          href={hrefWith({ partie: option.value })}
          {...(option.value === current ? { "aria-current": "true" as const } : {})}
        >
          {option.label}
        </a>
      ))}
    </nav>
  );
}
