/** What stands round every screen: the bar, the add sheet, the update line, the status region. */

import type { ReadonlySignal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { ErrorBoundary, LocationProvider, useLocation } from 'preact-iso'
import { BottomBar, type Place } from '../components/bottom-bar.tsx'
import { Toast } from '../components/toast.tsx'
import { type Door, DoorContext, useDoor } from '../hooks/door.ts'
import { useMayWrite } from '../hooks/use-status.ts'
import { AddSheet } from './add-sheet.tsx'
import { EngineLine } from './engine-line.tsx'
import { FailureBoundary } from './failure-boundary.tsx'
import { KeepSheet } from './keep-sheet.tsx'
import { Routes } from './routes.tsx'
import { openedWithInvite } from './take-invite.ts'
import type { Update } from './update.ts'
import { UpdateLine } from './update-line.tsx'
import { WholePage } from './whole-page.tsx'

/** The place of the bar that an address belongs to; null on screens with a main act of their own, which have no bar. */
const placeOf = (path: string): Place | 'none' | null => {
  const first = path.split('/')[1] ?? ''
  if (first === 'today' || first === 'people' || first === 'network') return first
  if (first === '') return 'today'
  if (first === 'board') return 'board'
  return first === 'settings' || first === 'help' || first === 'outbox' ? 'none' : null
}

/** The bar and the sheets that only a member of a network needs. */
const MemberFrame = () => {
  const { path } = useLocation()
  const [adding, setAdding] = useState(false)
  // every navigation closes it
  useEffect(() => setAdding(false), [path])
  const place = placeOf(path)
  const mayWrite = useMayWrite()
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

const Contents = () => {
  const { network, status, invite } = useDoor()
  const { path, route } = useLocation()
  const waitingInvite = invite.value
  // an invite that arrives leads to its screen; one that was left waiting does so only from the front door
  const lastInvite = useRef(openedWithInvite === null ? waitingInvite : null)
  useEffect(() => {
    const arrived = waitingInvite !== null && waitingInvite !== lastInvite.current
    lastInvite.current = waitingInvite
    if (waitingInvite !== null && path !== '/join' && (arrived || path === '/')) route('/join', true)
  }, [waitingInvite])

  if (status.value.phase === 'blocked') return <WholePage message="err.blocked" />
  if (network.value === undefined) return null
  // the same routes for both, so that the form which makes the network is not begun anew under the person's hands
  const member = network.value !== null
  return (
    <>
      <EngineLine />
      <Routes member={member} />
      {member && <MemberFrame />}
    </>
  )
}

export const Shell = ({ door, update }: { door: Door; update: ReadonlySignal<Update | null> }) => (
  <DoorContext.Provider value={door}>
    <FailureBoundary>
      <LocationProvider>
        <UpdateLine update={update} dirtyForms={door.dirtyForms} />
        <ErrorBoundary>
          <Contents />
        </ErrorBoundary>
        <Toast />
      </LocationProvider>
    </FailureBoundary>
  </DoorContext.Provider>
)
