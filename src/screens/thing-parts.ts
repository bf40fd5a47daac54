/** The parts of a thing's page that are fetched with the later words. */

import { laterPart } from './later-part.tsx'

export const ThingTalk = laterPart(() => import('./thing-talk.tsx').then((parts) => parts.ThingTalk))
export const Judgement = laterPart(() => import('./thing-talk.tsx').then((parts) => parts.Judgement))
export const HiddenCard = laterPart(() => import('./thing-talk.tsx').then((parts) => parts.HiddenCard))
