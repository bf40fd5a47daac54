/** What few people do, and nobody on his first visit: one chunk, which the engine fetches by `fetch-rare-acts.ts`. */

export { runHistoryCommand } from '../history.ts'
export { doDuties } from './duties.ts'
export { findInvite, putCodes } from './invite-codes.ts'
export { beginMeeting } from './meeting.ts'
export { retell, retellAll } from './retelling.ts'
export { runRosterCommand } from './roster-commands.ts'
export { decodeWelcome } from './welcome.ts'
