/** Whether this browser can keep what is written; else which sentence says why not. */

import type { MessageKey } from '../i18n/message-key.ts'

export type BrowserProblem = Extract<MessageKey, 'err.https' | 'err.browser' | 'err.storage'>

/** `structuredClone` stands for the year 2022: what the app is built for (vite.config.ts, `build.target`). */
export const browserProblem = (): BrowserProblem | null => {
  if (!globalThis.isSecureContext) return 'err.https'
  const modern =
    typeof structuredClone === 'function' &&
    globalThis.crypto?.subtle !== undefined &&
    'locks' in navigator &&
    typeof Worker === 'function'
  if (!modern) return 'err.browser'
  return 'indexedDB' in globalThis ? null : 'err.storage'
}
