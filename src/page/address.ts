/** Where the reader is: a page and what it shows. All of it stands in the hash, so that any view can be linked. */
export interface Address {
  /** First part of the path; empty for the first page. */
  readonly page: string;
  readonly params: Params;
}

export type Params = Readonly<Record<string, string>>;

/** `#/consommation?pdl=…&vue=mois` as an address. Whatever is not understood is left out. */
export function parseAddress(hash: string): Address {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  return { page: decoded(path.split("/")[0] ?? ""), params: Object.fromEntries(new URLSearchParams(query)) };
}

/** The hash of an address; empty values are left out. */
export function formatAddress({ page, params }: Address): string {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== "")).toString();
  return `#/${page}${query && `?${query}`}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
