import { signal } from "@preact/signals";
import { type Address, formatAddress, type Params, parseAddress } from "./address.ts";

/** Where the reader is; follows the address bar and the back key. */
export const address = signal<Address>(parseAddress(location.hash));

export type Changes = Readonly<Record<string, string | null>>;

/** What stays when the reader goes to another page: whose meter is shown. */
const lasting = ["pdl"];

/** The link to a page. The usage point goes along. */
export function hrefOf(page: string, params: Params = {}): string {
  const kept = Object.entries(address.value.params).filter(([name]) => lasting.includes(name));
  return formatAddress({ page, params: { ...Object.fromEntries(kept), ...params } });
}

/** Goes to a page, as a click on its link does. */
export function go(page: string, params: Params = {}): void {
  location.hash = hrefOf(page, params);
}

/** The present view with other parameters; null takes one away. `replace` leaves no step for the back key. */
export function change(changes: Changes, { replace = false } = {}): void {
  const hash = formatAddress(changed(changes));
  if (hash === location.hash) return;
  if (!replace) {
    location.hash = hash;
    return;
  }
  history.replaceState(history.state, "", hash);
  follow();
}

/** The link to the present view with other parameters. */
export const hrefWith = (changes: Changes): string => formatAddress(changed(changes));

function changed(changes: Changes): Address {
  const params: Record<string, string> = { ...address.value.params };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete params[name];
    else params[name] = value;
  }
  return { page: address.value.page, params };
}

function follow(): void {
  address.value = parseAddress(location.hash);
}

addEventListener("hashchange", follow);
