/** Sets the number on the app's icon when the app is put away: only then is it seen. */

import { useEffect } from 'preact/hooks'
import { type Door, useDoor } from '../hooks/door.ts'
import { readNoted } from '../hooks/use-noted.ts'
import { readToday } from '../hooks/use-today.ts'
import { showBadge, waitingCount } from '../screens/today/app-badge.ts'
import { todayItems } from '../screens/today/today-items.ts'

const count = async ({ app, database, network, now }: Door): Promise<number> => {
  const [db, place] = [database.peek(), network.peek()]
  if (!db || !place) return 0
  const me = place.memberId ?? place.deviceId
  const { involved } = await readToday(db, me, now.peek())
  // what has not left this phone waits as well
  const unsent = { has: () => false, isNew: () => false }
  return waitingCount(
    todayItems(involved, { me, phones: undefined, unsent, notes: await readNoted(app), now: now.peek() }),
  )
}

export const useLeavingBadge = (): void => {
  const door = useDoor()
  useEffect(() => {
    const leave = () => {
      if (document.visibilityState !== 'hidden') return
      count(door).then(showBadge, (reason: unknown) => console.warn('what waits was not counted', reason))
    }
    document.addEventListener('visibilitychange', leave)
    return () => document.removeEventListener('visibilitychange', leave)
  }, [door])
}
