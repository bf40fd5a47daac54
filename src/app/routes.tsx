/** Where one can go. A new screen: a folder in `screens`, and one line here. */

import type { ComponentType } from 'preact'
import { lazy, Route, Router } from 'preact-iso'
import { loadLaterWords } from '../i18n/translate.ts'
import Start from '../screens/start/start-screen.tsx'
import { type FirstPlace, firstPlaceAt } from '../storage/schema.ts'
import { WholePage } from './whole-page.tsx'

const NotHere = () => <WholePage message="err.chunk" />

/** Every drawing stands beside a word: without them a screen can be read. */
const fetchLaterIcons = (): Promise<unknown> =>
  import('./later-icons.ts').catch((reason: unknown) => console.warn('the icons did not arrive', reason))

/** A screen whose file cannot be fetched is no fault: it says that it comes with the link. */
const screen = (load: () => Promise<{ default: ComponentType }>) =>
  lazy(async () => {
    const icons = fetchLaterIcons()
    const loaded = await load().catch((reason: unknown) => {
      console.warn('a screen did not arrive', reason)
      return { default: NotHere }
    })
    await icons
    return loaded
  })
/** A screen with words of `locales/later`, which come with it. */
const laterScreen = (load: () => Promise<{ default: ComponentType }>) =>
  screen(() => Promise.all([load(), loadLaterWords()]).then(([loaded]) => loaded))

// only what a newcomer sees first comes with the first script; the rest when it is opened, from the phone once installed
const Today = screen(() => import('../screens/today/today-screen.tsx'))
const Board = screen(() => import('../screens/board/board-screen.tsx'))
const Network = screen(() => import('../screens/network/network-screen.tsx'))
const Create = screen(() => import('../screens/create/create-screen.tsx'))
const Join = screen(() => import('../screens/join/join-screen.tsx'))
const Invite = laterScreen(() => import('../screens/invite/invite-screen.tsx'))
const Outbox = laterScreen(() => import('../screens/outbox/outbox-screen.tsx'))
const Settings = screen(() => import('../screens/settings/settings-screen.tsx'))
const Help = laterScreen(() => import('../screens/help/help-screen.tsx'))
const Need = laterScreen(() => import('../screens/need/need-screen.tsx'))
const Offer = screen(() => import('../screens/offer/offer-screen.tsx'))
const AddNeed = screen(() => {
  // where saving leads: it is not fetched only then
  void Need.preload()
  return import('../screens/add-need/add-need-screen.tsx')
})
const Visit = laterScreen(() => import('../screens/visit/visit-screen.tsx'))
const AddOffer = screen(() => import('../screens/add-offer/add-offer-screen.tsx'))
const EditNeed = screen(() => import('../screens/edit-need/edit-need-screen.tsx'))
const EditOffer = screen(() => import('../screens/edit-offer/edit-offer-screen.tsx'))
const People = laterScreen(() => import('../screens/people/people-screen.tsx'))
const Requests = laterScreen(() => import('../screens/requests/requests-screen.tsx'))
const Joining = laterScreen(() => import('../screens/joining/joining-screen.tsx'))
const Meet = laterScreen(() => import('../screens/meet/meet-screen.tsx'))
const Admit = laterScreen(() => import('../screens/admit/admit-screen.tsx'))
const Neighbour = laterScreen(() => import('../screens/neighbour/neighbour-screen.tsx'))
const Remove = laterScreen(() => import('../screens/remove/remove-screen.tsx'))
const Member = laterScreen(() => import('../screens/member/member-screen.tsx'))

const Paste = laterScreen(() => import('../screens/paste/paste-screen.tsx'))
const Duplicates = laterScreen(() => import('../screens/duplicates/duplicates-screen.tsx'))
const AboutMe = laterScreen(() => import('../screens/about-me/about-me-screen.tsx'))

const Export = laterScreen(() => import('../screens/export/export-screen.tsx'))
const Import = laterScreen(() => import('../screens/import/import-screen.tsx'))
const Backup = laterScreen(() => import('../screens/backup/backup-screen.tsx'))
const Restore = laterScreen(() => import('../screens/restore/restore-screen.tsx'))
const Storage = laterScreen(() => import('../screens/storage/storage-screen.tsx'))
const Archive = laterScreen(() => import('../screens/board/archive-screen.tsx'))
const Categories = laterScreen(() => import('../screens/categories/categories-screen.tsx'))
const History = laterScreen(() => import('../screens/history/history-screen.tsx'))
const Changes = laterScreen(() => import('../screens/changes/changes-screen.tsx'))

/** The scripts that a start begins with. */
export interface FirstFiles {
  place: FirstPlace
  /** paths */
  scripts: readonly string[]
}

/** On an installed phone the screen of this address is fetched while the databases are being opened. */
export const fetchFirstPlace = (path: string): FirstFiles | null => {
  const place = firstPlaceAt[path]
  if (!place) return null
  void { board: Board, today: Today }[place].preload()
  // the build names in the head what it begins to fetch
  const named = [...document.querySelectorAll<HTMLLinkElement>('link[rel="modulepreload"]')]
  return { place, scripts: named.map(({ href }) => new URL(href).pathname) }
}

/** For whoever comes with an invite: that screen is fetched together with the words, not after them. */
export const fetchJoin = (): Promise<unknown> => Join.preload()

/** What is not known leads to the board; without a network, to the ways to begin. */
export const Routes = ({ member }: { member: boolean }) => (
  <Router>
    <Route path="/create" component={Create} />
    <Route path="/join" component={Join} />
    <Route path="/meet" component={Meet} />
    <Route path="/neighbour" component={Neighbour} />
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
    <Route path="/add/visit/:step?" component={member ? Visit : Start} />
    <Route path="/paste" component={member ? Paste : Start} />
    <Route path="/same" component={member ? Duplicates : Start} />
    <Route path="/add/offer" component={member ? AddOffer : Start} />
    <Route path="/edit/need/:id" component={member ? EditNeed : Start} />
    <Route path="/edit/offer/:id" component={member ? EditOffer : Start} />
    <Route path="/people" component={member ? People : Start} />
    <Route path="/member/:id" component={member ? Member : Start} />
    <Route path="/about-me" component={member ? AboutMe : Start} />
    <Route path="/remove/:id" component={member ? Remove : Start} />
    <Route path="/requests" component={member ? Requests : Start} />
    <Route path="/export" component={member ? Export : Start} />
    <Route path="/import" component={member ? Import : Start} />
    <Route path="/backup" component={member ? Backup : Start} />
    <Route path="/restore" component={Restore} />
    <Route path="/storage" component={member ? Storage : Start} />
    <Route path="/archive" component={member ? Archive : Start} />
    <Route path="/categories" component={member ? Categories : Start} />
    <Route path="/history/:type/:id" component={member ? History : Start} />
    <Route path="/changes" component={member ? Changes : Start} />
    <Route path="/joining" component={member ? Joining : Start} />
    <Route path="/admit" component={member ? Admit : Start} />
    <Route default component={member ? Board : Start} />
  </Router>
)
