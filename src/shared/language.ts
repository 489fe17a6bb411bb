export const languages = ["fr", "en"] as const;
export type Language = (typeof languages)[number];

/** A text for users: always complete in both languages. */
export type Text = Readonly<Record<Language, string>>;
