import "./day-calendar.css";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { LocalDate } from "../../domain/units.ts";
import { dayInFullWithYear, monthInFull, weekdayLetter, weekdayName, whole } from "../format.ts";
import { language, t } from "../language.ts";
import { type CalendarMonth, monthsOf, moveOf, upToMonthOf } from "./calendar-days.ts";
import { kitTexts } from "./texts.ts";

/** One kind of day: its name, its colours and the sign that says the same without them. */
export interface DayKind {
  readonly name: string;
  readonly sign: string;
  /** A class of the page's own style sheet, or one of `day-calendar.css`. */
  readonly style: string;
}

export interface DayCalendarProps<Kind extends string> {
  readonly label: string;
  /** Ascending and without a hole. */
  readonly days: readonly { readonly date: LocalDate; readonly kind: Kind }[];
  readonly kinds: Readonly<Record<Kind, DayKind>>;
  readonly selected?: LocalDate | null;
  readonly onSelect?: (date: LocalDate) => void;
  /** Today, which is ringed, and where the keys begin unless a day is selected. */
  readonly current?: LocalDate;
  /** Months after that day's are left out; the key still counts their days. */
  readonly through?: LocalDate;
  /** The latest month stands first, so that a phone does not begin with last winter. */
  readonly isNewestFirst?: boolean;
}

/** A key that counts, and a real grid of days, month by month. The arrow keys move by days and weeks. */
export function DayCalendar<Kind extends string>(props: DayCalendarProps<Kind>) {
  const { label, days: all, kinds, selected = null, onSelect, current = null, through, isNewestFirst = false } = props;
  const days = useMemo(() => upToMonthOf(all, through), [all, through]);
  const months = useMemo(() => (isNewestFirst ? monthsOf(days).reverse() : monthsOf(days)), [days, isNewestFirst]);
  const root = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<LocalDate | null>(selected ?? current);
  const isMoving = useRef(false);
  const reached = active !== null && days.some(({ date }) => date === active) ? active : (days.at(-1)?.date ?? null);
  // The focus goes along with the keys, and stays where it is when the days change by themselves.
  useLayoutEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    root.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [reached]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (reached === null) return;
    const next = moveOf(reached, event.key, days);
    if (next === null) return;
    event.preventDefault();
    isMoving.current = true;
    setActive(next);
  };
  const choose = (date: LocalDate): void => {
    setActive(date);
    onSelect?.(date);
  };
  return (
    <div class="day-calendar">
      <CalendarKey days={all} kinds={kinds} />
      <p class="hidden-text">{t(kitTexts.calendarKeys)}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the days themselves have the focus */}
      <div ref={root} class="day-calendar-months" onKeyDown={onKeyDown}>
        {months.map((month) => (
          <Month key={month.month} month={month} {...{ label, kinds, selected, current, reached, choose }} />
        ))}
      </div>
    </div>
  );
}

interface MonthProps<Kind extends string> {
  readonly label: string;
  readonly month: CalendarMonth<Kind>;
  readonly kinds: Readonly<Record<Kind, DayKind>>;
  readonly selected: LocalDate | null;
  readonly current: LocalDate | null;
  readonly reached: LocalDate | null;
  readonly choose: (date: LocalDate) => void;
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

function Month<Kind extends string>(props: MonthProps<Kind>) {
  const { label, month, kinds, selected, current, reached, choose } = props;
  const spoken = language.value;
  const title = monthInFull(month.month, spoken);
  return (
    <table class="day-calendar-month" aria-label={`${label}, ${title}`}>
      <caption class="small strong">{title}</caption>
      <thead>
        <tr>
          {weekdays.map((weekday) => (
            <th key={weekday} scope="col" abbr={weekdayName(weekday, spoken)}>
              {weekdayLetter(weekday, spoken)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {month.weeks.map((week) => (
          <tr key={week.key}>
            {week.days.map((day, position) =>
              day === null ? (
                <td key={weekdays[position]} />
              ) : (
                <td key={day.date}>
                  <button
                    type="button"
                    class={`day ${kinds[day.kind].style}`}
                    tabIndex={day.date === reached ? 0 : -1}
                    aria-pressed={day.date === selected}
                    {...(day.date === current ? { "aria-current": "date" } : {})}
                    onClick={() => choose(day.date)}
                  >
                    <span aria-hidden="true">{Number(day.date.slice(8))}</span>
                    <span aria-hidden="true">{kinds[day.kind].sign}</span>
                    <span class="hidden-text">{`${dayInFullWithYear(day.date, spoken)}, ${kinds[day.kind].name}`}</span>
                  </button>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What each sign means, and how many days there are of it. */
function CalendarKey<Kind extends string>({ days, kinds }: Pick<DayCalendarProps<Kind>, "days" | "kinds">) {
  const counts = new Map<string, number>();
  for (const { kind } of days) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const entries = Object.entries<DayKind>(kinds).filter(([kind]) => counts.has(kind));
  return (
    <ul class="day-calendar-key small" aria-label={t(kitTexts.legend)}>
      {entries.map(([kind, { name, sign, style }]) => (
        <li key={kind}>
          <span class={`day ${style}`} aria-hidden="true">
            {sign}
          </span>
          {name} <span class="strong">{whole(counts.get(kind) ?? 0, language.value)}</span>
        </li>
      ))}
    </ul>
  );
}
