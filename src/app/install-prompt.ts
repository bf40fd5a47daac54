/** The browser's own question whether to put the app on the home screen, kept for the moment when it makes sense. */

import { type ReadonlySignal, signal } from '@preact/signals'

/** Chromium only: https://wicg.github.io/manifest-incubations/#beforeinstallpromptevent-interface */
interface InstallEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

/** Resolves to whether the person accepted; null while the browser has no such question. */
export const watchInstallPrompt = (): ReadonlySignal<(() => Promise<boolean>) | null> => {
  const install = signal<(() => Promise<boolean>) | null>(null)
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    install.value = async () => {
      install.value = null
      return (await (event as InstallEvent).prompt()).outcome === 'accepted'
    }
  })
  window.addEventListener('appinstalled', () => {
    install.value = null
  })
  return install
}
