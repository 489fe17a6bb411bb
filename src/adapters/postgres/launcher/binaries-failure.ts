import { DatabaseFailure } from "./failure.ts";

export const noBinaries = (): DatabaseFailure =>
  new DatabaseFailure("no_binaries", {
    fr: "PostgreSQL 15 ou plus récent est introuvable. Installez-le (Debian, Ubuntu : apt install postgresql ; Alpine : apk add postgresql17), relancez npm ci sans --omit=optional, ou donnez une base par DATABASE_URL.",
    en: "PostgreSQL 15 or newer was not found. Install it (Debian, Ubuntu: apt install postgresql; Alpine: apk add postgresql17), run npm ci without --omit=optional, or give a database with DATABASE_URL.",
  });

export function noBinariesOfMajor(major: number, found: string | undefined): DatabaseFailure {
  const others = { fr: found ? ` (trouvé : ${found})` : "", en: found ? ` (found: ${found})` : "" };
  return new DatabaseFailure("binaries_of_major_missing", {
    fr: `Les données ont été écrites par PostgreSQL ${major}, dont les programmes sont introuvables${others.fr}. Installez cette version (Debian, Ubuntu : apt install postgresql-${major} ; Alpine : apk add postgresql${major}). Les données n'ont pas été touchées.`,
    en: `The data were written by PostgreSQL ${major}, whose programs were not found${others.en}. Install that version (Debian, Ubuntu: apt install postgresql-${major}; Alpine: apk add postgresql${major}). The data were not touched.`,
  });
}

export const binariesUnusable = (directory: string): DatabaseFailure =>
  new DatabaseFailure("binaries_unusable", {
    fr: `LINKY_POSTGRES_BIN désigne ${directory}, où les programmes initdb et postgres manquent ou ne peuvent pas être lancés par l'utilisateur de la base.`,
    en: `LINKY_POSTGRES_BIN names ${directory}, where the programs initdb and postgres are missing or cannot be run by the database's user.`,
  });
