import "./dialog.css";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../language.ts";
import { kitTexts } from "./texts.ts";

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  /** By its button, Escape, or `onConfirm`'s owner. */
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** Buttons at the end; a button that closes stands there anyway. */
  readonly actions?: ComponentChildren;
}

/** For a decision that has to be taken before anything else; the browser keeps the focus inside and gives it back. */
export function Dialog({ title, isOpen, onClose, children, actions }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    if (isOpen && !dialog.open) dialog.showModal();
    if (!isOpen && dialog.open) dialog.close();
  }, [isOpen]);
  return (
    <dialog ref={element} class="dialog" aria-labelledby={id} onClose={onClose}>
      {isOpen && (
        <>
          <h2 id={id}>{title}</h2>
          <div class="stack">{children}</div>
          <div class="row dialog-actions">
            <button type="button" class="button" onClick={() => element.current?.close()}>
              {t(actions === undefined ? kitTexts.close : kitTexts.cancel)}
            </button>
            {actions}
          </div>
        </>
      )}
    </dialog>
  );
}

export interface ConfirmProps extends Omit<DialogProps, "actions"> {
  /** What happens, in a verb: « Effacer la valeur ». */
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly isDangerous?: boolean;
  readonly isBusy?: boolean;
}

/** Before anything that cannot be taken back. It says what will happen; the button says it again. */
export const Confirm = ({ confirmLabel, onConfirm, isDangerous = false, isBusy = false, ...dialog }: ConfirmProps) => (
  <Dialog
    {...dialog}
    actions={
      <button type="button" class={`button ${isDangerous ? "danger" : "main"}`} disabled={isBusy} onClick={onConfirm}>
        {confirmLabel}
      </button>
    }
  />
);
