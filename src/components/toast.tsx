/** A short sentence that says that something happened; one lasting status region, so that it is also heard. */

import { signal } from '@preact/signals'
import { Icon, type IconName } from './icon.tsx'

/** Long enough to read two lines slowly (WCAG 2.2.1 asks for no less when nothing is lost with it). */
const shownMs = 6000

const current = signal<{ text: string; icon: IconName } | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined

export const showToast = (text: string, icon: IconName = 'check'): void => {
  clearTimeout(timer)
  current.value = { text, icon }
  timer = setTimeout(() => {
    current.value = null
  }, shownMs)
}

/** Stands once in the shell. */
export const Toast = () => (
  <div class="toast" role="status">
    {current.value && (
      <div>
        <Icon name={current.value.icon} size="small" />
        <span>{current.value.text}</span>
      </div>
    )}
  </div>
)
