/** One thing to do: a place to go to, or something that happens here. */
export type Action =
  | { readonly label: string; readonly href: string }
  | { readonly label: string; readonly onClick: () => void; readonly isBusy?: boolean };

export const ActionButton = ({ action, style = "button" }: { readonly action: Action; readonly style?: string }) =>
  "href" in action ? (
    <a class={style} href={action.href}>
      {action.label}
    </a>
  ) : (
    <button type="button" class={style} onClick={action.onClick} disabled={action.isBusy === true}>
      {action.label}
    </button>
  );
