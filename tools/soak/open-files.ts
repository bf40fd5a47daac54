/** Whether this system lets a process open as many files as the soak has sockets. */
import { readFileSync } from 'node:fs'

/** Beside the sockets: the program, the store, standard streams, phones that come while others leave. */
const besideSockets = 500

/** Null where the system does not say (not Linux). */
const openFilesAllowed = (): number | null => {
  try {
    const found = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return found === undefined || found === 'unlimited' ? null : Number(found)
  } catch {
    // no /proc: whoever is refused a socket says so
    return null
  }
}

/** A sentence when there are too few, else null. */
export const whyTooFewFiles = (sockets: number): string | null => {
  const allowed = openFilesAllowed()
  const needed = sockets + besideSockets
  if (allowed === null || allowed >= needed) return null
  return `${sockets} sockets need ${needed} open files and this shell allows ${allowed}: ulimit -n ${needed}, or --sockets ${allowed - besideSockets}.`
}
