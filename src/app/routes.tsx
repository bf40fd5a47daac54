/** Where one can go. A new screen: a folder in `screens`, and one line here. */

import { lazy, Route, Router } from 'preact-iso'

const Network = lazy(() => import('../screens/network/network-screen.tsx'))
const Create = lazy(() => import('../screens/create/create-screen.tsx'))
const Join = lazy(() => import('../screens/join/join-screen.tsx'))
const Invite = lazy(() => import('../screens/invite/invite-screen.tsx'))
const Outbox = lazy(() => import('../screens/outbox/outbox-screen.tsx'))
const Settings = lazy(() => import('../screens/settings/settings-screen.tsx'))
const Help = lazy(() => import('../screens/help/help-screen.tsx'))
const Start = lazy(() => import('../screens/start/start-screen.tsx'))

/** What is not known leads to the board; without a network, to the ways to begin. */
export const Routes = ({ member }: { member: boolean }) => (
  <Router>
    <Route path="/create" component={Create} />
    <Route path="/join" component={Join} />
    <Route path="/settings" component={Settings} />
    <Route path="/help" component={Help} />
    <Route path="/network" component={member ? Network : Start} />
    <Route path="/invite" component={member ? Invite : Start} />
    <Route path="/outbox" component={member ? Outbox : Start} />
    <Route default component={member ? Network : Start} />
  </Router>
)
