/** Going back where one came from, so that no page stands twice in the history and its scroll place is found again. */

interface HistoryEntry {
  index: number
  url: string | null
}
/** https://developer.mozilla.org/docs/Web/API/Navigation: not in Safari before 26.2 */
interface NavigationHistory {
  currentEntry: HistoryEntry | null
  entries(): HistoryEntry[]
}

const entryBefore = (): HistoryEntry | undefined => {
  const history = (globalThis as { navigation?: NavigationHistory }).navigation
  const index = history?.currentEntry?.index ?? 0
  return history?.entries()[index - 1]
}

/** False where there is no page of this app before this one, or the browser does not say: then follow the link. */
export const goBack = (): boolean => {
  if (!entryBefore()) return false
  history.back()
  return true
}

/** Leaves a form for `path`: back, when it was opened from there; else `replace` puts it in the form's place. */
export const leaveTo = (path: string, replace: (path: string) => void): void => {
  const before = entryBefore()?.url
  if (before && new URL(before).pathname === path) history.back()
  else replace(path)
}
