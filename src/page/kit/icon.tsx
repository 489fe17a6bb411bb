/** Drawn on a grid of 24 by lines of 2, in the colour of the text around them. */
const paths = {
  home: "M4 11.5 12 5l8 6.5V20h-5.5v-5h-5v5H4z",
  bolt: "M13 3 6 13.5h5L10.5 21 18 10.5h-5.5z",
  euro: "M18 6.5A7 7 0 1 0 18 17.5M3.5 10.5H14M3.5 13.5H13",
  calendar: "M5 6h14v14H5zM5 10.5h14M9 3.5V8M15 3.5V8",
  sun: "M12 8a4 4 0 1 0 .01 0zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  scales: "M12 4v16M7 20h10M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z",
  leaf: "M5 19c0-9 5-14 15-14 0 10-5 14-12 14M5 20c2-5 5-8 9-10",
  check: "M4.5 12.5 9.5 17.5 19.5 6.5",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14",
  people:
    "M9 11a3.2 3.2 0 1 0 0-.01zM3.5 19.5c0-3 2.5-5 5.5-5s5.5 2 5.5 5M16 11a2.6 2.6 0 1 0-.5-5M16.5 14.5c2.5.3 4 2.2 4 5",
  gear: "M12 9a3 3 0 1 0 .01 0zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M5.6 18.4l2.1-2.1M16.3 7.7l2.1-2.1",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  left: "M14.5 5.5 8 12l6.5 6.5",
  right: "M9.5 5.5 16 12l-6.5 6.5",
  close: "M6 6l12 12M18 6 6 18",
  warning: "M12 4 21 19.5H3zM12 10v4.5M12 17h.01",
  info: "M12 3.5a8.5 8.5 0 1 0 .01 0zM12 11v5.5M12 7.5h.01",
  image: "M4 5h16v14H4zM4 16l4.5-4.5 3.5 3.5 3-3 5 5M15.5 9h.01",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
} as const;

export type IconName = keyof typeof paths;

/** A picture beside words that say the same; it is silent for those who listen. */
export const Icon = ({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    class="picture"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width={name === "more" ? 3 : 2}
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d={paths[name]} />
  </svg>
);
