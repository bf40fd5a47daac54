/** When a backup is worth a line: a week after the last one, and only while something is on this phone alone. */

export interface Keeping {
  now: number
  /** when this phone came into the network */
  since: number
  /** when the last backup was made, and how much was written by then; null: never */
  last: { madeAt: number; entries: number } | null
  /** of all entries on this phone */
  entries: number
  /** no other phone could open what is at the relay */
  isAlone: boolean
  /** when the oldest thing that has not left was saved; null: all has */
  unsentSince: number | null
}

const dayMs = 24 * 3600 * 1000
const weekMs = 7 * dayMs

/** What has waited less than a day leaves by itself, where there is a link now and then. */
export const isBackupDue = ({ now, since, last, entries, isAlone, unsentSince }: Keeping): boolean => {
  if (now - (last?.madeAt ?? since) < weekMs) return false
  const isNew = entries > (last?.entries ?? 0)
  return isNew && (isAlone || (unsentSince !== null && now - unsentSince > dayMs))
}
