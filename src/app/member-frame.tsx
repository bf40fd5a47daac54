/** The bar and the sheets that only a member of a network needs. */

import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { BottomBar, type Place } from '../components/bottom-bar.tsx'
import { useMayWrite } from '../hooks/use-status.ts'
import { AddSheet } from './add-sheet.tsx'
import { KeepSheet } from './keep-sheet.tsx'
import { useLeavingBadge } from './leaving-badge.ts'

/** The place of the bar that an address belongs to; null on screens with a main act of their own, which have no bar. */
const placeOf = (path: string): Place | 'none' | null => {
  const first = path.split('/')[1] ?? ''
  if (first === 'today' || first === 'people' || first === 'network') return first
  if (first === '') return 'today'
  if (first === 'board') return 'board'
  return first === 'settings' || first === 'help' || first === 'outbox' ? 'none' : null
}

export const MemberFrame = () => {
  const { path } = useLocation()
  const [adding, setAdding] = useState(false)
  // every navigation closes it
  useEffect(() => setAdding(false), [path])
  const place = placeOf(path)
  const mayWrite = useMayWrite()
  useLeavingBadge()
  return (
    <>
      {place !== null && (
        <BottomBar
          current={place === 'none' ? null : place}
          onAdd={mayWrite ? () => setAdding(true) : undefined}
        />
      )}
      <AddSheet open={adding} onClose={() => setAdding(false)} />
      <KeepSheet />
    </>
  )
}
