/** What stands round every screen: the bar, the add sheet, the update line, the status region. */

import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChild } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { ErrorBoundary, LocationProvider, useLocation } from 'preact-iso'
import { Toast } from '../components/toast.tsx'
import { type Door, DoorContext, useDoor } from '../hooks/door.ts'
import { laterPart } from '../screens/later-part.tsx'
import { EngineLine } from './engine-line.tsx'
import { FailureBoundary } from './failure-boundary.tsx'
import { Routes } from './routes.tsx'
import { openedWithInvite } from './take-invite.ts'
import type { Update } from './update.ts'
import { UpdateLine } from './update-line.tsx'
import { WholePage } from './whole-page.tsx'

type Frame = () => ComponentChild

const ReadAloud = laterPart(() => import('../components/read-aloud.tsx').then((parts) => parts.ReadAloud))

/** What only a member needs comes with the first of his screens; where it did not arrive, the next place asks again. */
const useMemberFrame = (member: boolean, path: string): Frame | null => {
  const [frame, setFrame] = useState<{ Frame: Frame } | null>(null)
  useEffect(() => {
    if (!member || frame) return
    import('./member-frame.tsx').then(
      ({ MemberFrame }) => setFrame({ Frame: MemberFrame }),
      (reason: unknown) => console.warn('the bar did not arrive', reason),
    )
  }, [member, path])
  return member && frame ? frame.Frame : null
}

/** Begins behind the first screen: on that one nothing leaves the page. */
const useKeptFocus = (): void =>
  useEffect(() => {
    import('./keep-focus.ts').then(
      ({ keepFocus }) => keepFocus(),
      (reason: unknown) => console.warn('what keeps the focus did not arrive', reason),
    )
  }, [])

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

  useKeptFocus()
  const member = network.value !== undefined && network.value !== null
  const Frame = useMemberFrame(member, path)

  if (status.value.phase === 'blocked') return <WholePage message="err.blocked" />
  if (network.value === undefined) return null
  // the same routes for both, so that the form which makes the network is not begun anew under the person's hands
  return (
    <>
      <EngineLine />
      {/* a network that came back is a place of its own: what was shown without one gives way */}
      <Routes key={String(status.value.regained && member)} member={member} />
      {Frame && <Frame />}
    </>
  )
}

export const Shell = ({ door, update }: { door: Door; update: ReadonlySignal<Update | null> }) => (
  <DoorContext.Provider value={door}>
    <FailureBoundary>
      <LocationProvider>
        <UpdateLine update={update} dirtyForms={door.dirtyForms} />
        {door.settings.value.aloud && <ReadAloud />}
        <ErrorBoundary>
          <Contents />
        </ErrorBoundary>
        <Toast />
      </LocationProvider>
    </FailureBoundary>
  </DoorContext.Provider>
)
