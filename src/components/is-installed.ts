/** Whether this window is the app from the home screen. */

/** Safari's own word; iPhones before iOS 16.4 know no other for it. */
interface HomeScreenNavigator extends Navigator {
  readonly standalone?: boolean
}

export const isInstalled = (): boolean =>
  (navigator as HomeScreenNavigator).standalone === true ||
  matchMedia('(display-mode: standalone), (display-mode: fullscreen), (display-mode: minimal-ui)').matches
