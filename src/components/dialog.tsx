/** Questions and choices over the page, on the browser's own dialog: a sheet from below, or a box in the middle. */

import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { t } from '../i18n/translate.ts'
import { IconButton } from './icon-button.tsx'

interface DialogProps {
  open: boolean
  title: ComponentChildren
  children?: ComponentChildren
  /** buttons at the end; the safe one first */
  actions?: ComponentChildren
  /** by the close button, Escape, or a press beside it */
  onClose: () => void
}

const ModalDialog = ({ open, title, children, actions, onClose, look }: DialogProps & { look: string }) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    if (!element) return
    if (open && !element.open) element.showModal()
    if (!open && element.open) element.close()
  }, [open])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the browser's own way; the press is for the finger
    <dialog
      ref={dialog}
      class={look}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      {open && (
        <>
          <div class="dialog-head">
            <h2 id={id}>{title}</h2>
            <IconButton icon="close" label={t('act.close')} onClick={onClose} />
          </div>
          <div class="dialog-body">
            {children}
            {actions && <div class="dialog-actions">{actions}</div>}
          </div>
        </>
      )}
    </dialog>
  )
}

/** A box in the middle: for a question that must be answered. */
export const Dialog = (props: DialogProps) => <ModalDialog {...props} look="centred" />

/** Comes up from below: for choices, under the thumb. */
export const Sheet = (props: DialogProps) => <ModalDialog {...props} look="sheet" />
