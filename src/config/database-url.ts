import { type Kind, kind } from "./kinds.ts";
import { refuse } from "./remark.ts";

const example = "postgresql://linky:mot-de-passe@192.168.1.10:5432/linky";
const exampleEn = "postgresql://linky:password@192.168.1.10:5432/linky";

/** Address of a PostgreSQL database. It may hold a password: no refusal repeats it. */
export const databaseUrl: Kind<string> = kind((raw) => {
  const scheme = /^([a-z][a-z0-9.+-]*):\/\//i.exec(raw)?.[1]?.toLowerCase();
  if (scheme === undefined)
    return refuse(
      `la valeur n'est pas une adresse postgresql:// ; écrivez par exemple ${example}.`,
      `the value is not a postgresql:// address; write for example ${exampleEn}.`,
    );
  if (/^postgres(ql)?\+/.test(scheme))
    return refuse(
      `« ${scheme}:// » est une écriture de SQLAlchemy ; écrivez postgresql:// et donnez à Linky Bridge une base à lui.`,
      `"${scheme}://" is SQLAlchemy's spelling; write postgresql:// and give Linky Bridge a database of its own.`,
    );
  if (scheme !== "postgres" && scheme !== "postgresql")
    return refuse(
      `« ${scheme}:// » n'est pas PostgreSQL, la seule base possible ; écrivez par exemple ${example}, ou laissez vide pour la base intégrée.`,
      `"${scheme}://" is not PostgreSQL, the only possible database; write for example ${exampleEn}, or leave it empty for the built-in one.`,
    );
  const url = URL.parse(raw);
  if (url === null || url.hash !== "" || url.pathname.includes("@"))
    return refuse(
      "l'adresse est illisible ; si le mot de passe contient @ : / ? # ou %, écrivez-les %40 %3A %2F %3F %23 %25.",
      "the address cannot be read; if the password holds @ : / ? # or %, write them %40 %3A %2F %3F %23 %25.",
    );
  if (url.pathname.replace(/^\//, "") === "")
    return refuse(
      `il manque le nom de la base à la fin de l'adresse ; écrivez par exemple ${example}.`,
      `the name of the database is missing at the end of the address; write for example ${exampleEn}.`,
    );
  return raw;
});
