/** The way to what few people do about others. */

import { fetchCode } from '../fetch-code.ts'

export const fetchRareActs = () => fetchCode(() => import('./rare-acts.ts'))
