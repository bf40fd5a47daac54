/** Where one can go. A new screen: a folder in `screens`, and one line here. */

import { lazy, Route, Router } from 'preact-iso'
import Start from '../screens/start/start-screen.tsx'

// only what a newcomer sees first comes with the first script; the rest when it is opened, from the phone once installed
const Today = lazy(() => import('../screens/today/today-screen.tsx'))
const Board = lazy(() => import('../screens/board/board-screen.tsx'))
const Network = lazy(() => import('../screens/network/network-screen.tsx'))
const Create = lazy(() => import('../screens/create/create-screen.tsx'))
const Join = lazy(() => import('../screens/join/join-screen.tsx'))
const Invite = lazy(() => import('../screens/invite/invite-screen.tsx'))
const Outbox = lazy(() => import('../screens/outbox/outbox-screen.tsx'))
const Settings = lazy(() => import('../screens/settings/settings-screen.tsx'))
const Help = lazy(() => import('../screens/help/help-screen.tsx'))
const Need = lazy(() => import('../screens/need/need-screen.tsx'))
const Offer = lazy(() => import('../screens/offer/offer-screen.tsx'))
const AddNeed = lazy(() => import('../screens/add-need/add-need-screen.tsx'))
const AddOffer = lazy(() => import('../screens/add-offer/add-offer-screen.tsx'))
const EditNeed = lazy(() => import('../screens/edit-need/edit-need-screen.tsx'))
const EditOffer = lazy(() => import('../screens/edit-offer/edit-offer-screen.tsx'))
const People = lazy(() => import('../screens/people/people-screen.tsx'))
const Member = lazy(() => import('../screens/member/member-screen.tsx'))

/** For whoever comes with an invite: that screen is fetched together with the words, not after them. */
export const fetchJoin = (): Promise<unknown> => Join.preload()

/** What is not known leads to the board; without a network, to the ways to begin. */
export const Routes = ({ member }: { member: boolean }) => (
  <Router>
    <Route path="/create" component={Create} />
    <Route path="/join" component={Join} />
    <Route path="/settings" component={Settings} />
    <Route path="/help" component={Help} />
    <Route path="/" component={member ? Today : Start} />
    <Route path="/network" component={member ? Network : Start} />
    <Route path="/invite" component={member ? Invite : Start} />
    <Route path="/outbox" component={member ? Outbox : Start} />
    <Route path="/board" component={member ? Board : Start} />
    <Route path="/today" component={member ? Today : Start} />
    <Route path="/need/:id" component={member ? Need : Start} />
    <Route path="/offer/:id" component={member ? Offer : Start} />
    <Route path="/add/need" component={member ? AddNeed : Start} />
    <Route path="/add/offer" component={member ? AddOffer : Start} />
    <Route path="/edit/need/:id" component={member ? EditNeed : Start} />
    <Route path="/edit/offer/:id" component={member ? EditOffer : Start} />
    <Route path="/people" component={member ? People : Start} />
    <Route path="/member/:id" component={member ? Member : Start} />
    <Route default component={member ? Board : Start} />
  </Router>
)
