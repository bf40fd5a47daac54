/** How much waits for this person, as a number on the app's icon where the phone shows one. */

import { groupOf, type TodayItem } from './today-items.ts'

/** Without what is only news, and without what he helps others with. */
export const waitingCount = (items: readonly TodayItem[]): number =>
  items.filter((item) => groupOf(item) === 'answer' || groupOf(item) === 'carry').length

export const showBadge = (count: number): void => {
  if (!('setAppBadge' in navigator)) return
  const shown = count === 0 ? navigator.clearAppBadge() : navigator.setAppBadge(count)
  // an app that is not installed has no icon of its own
  shown.catch((reason: unknown) => console.warn('no number on the icon', reason))
}
