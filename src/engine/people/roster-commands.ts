/** Commands about people, each one act: fetched when the first of them comes, for most phones never say any. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import type { CommandResult, PeopleCommand } from '../api.ts'
import { type Acting, meIn } from './acting.ts'
import { admitAsker, admitCard } from './admission.ts'
import { changeRole, changeSettings, leave, removeMember, retireDevice } from './changes.ts'
import { cancelInvite, makeInvite } from './invites.ts'
import type { NetworkTerms, PeopleParts, RosterCommand } from './people.ts'
import { pinsNow } from './pins.ts'
import { encodeWelcome, rosterRuns } from './welcome.ts'
import { decline } from './write-people.ts'

export interface CommandParts extends Pick<PeopleParts, 'relay' | 'nowMs' | 'exchange' | 'codes'> {
  acting: Acting
  terms: NetworkTerms
}

/** How long a removal waits for the newest: who waits longer wants it done. */
const removalPatienceMs = 15_000

export const runRosterCommand = (command: RosterCommand, parts: CommandParts): Promise<CommandResult> => {
  const { acting, terms, exchange } = parts
  const act = (job: () => Promise<CommandResult>) => acting.acts.act(job)
  switch (command.type) {
    case 'invite.make':
      return makeInvite(acting, { ...command, ...terms }, exchange, parts.codes !== null)
    case 'invite.cancel':
      return act(() => cancelInvite(acting, command.inviteId))
    case 'member.admit':
      return act(() => admitAsker(acting, command.deviceId, command.role))
    case 'member.decline':
      return declineAsker(acting, command.deviceId)
    case 'member.role':
      return act(() => changeRole(acting, command.memberId, command.role))
    case 'member.remove':
      return remove(parts, command.memberId)
    case 'member.admit-card':
      return act(() => welcomeCard(acting, command, terms))
    case 'device.retire':
      return act(() => retireDevice(acting, command.deviceId))
    case 'network.leave':
      return act(() => leave(acting))
    case 'network.settings':
      return act(() => changeSettings(acting, command.membersMayInvite))
  }
}

const declineAsker = async ({ database }: Acting, deviceId: string): Promise<CommandResult> => {
  const row = await database.requests.get(deviceId)
  if (!row) return fail({ code: 'notFound' })
  await decline(database, row.deviceId)
  return ok({})
}

const isDoneWithin = async (job: Promise<Result<unknown, unknown>>, patienceMs: number): Promise<boolean> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  const isDone = await Promise.race([job.then(({ ok }) => ok), tooLate])
  clearTimeout(timer)
  return isDone
}

/** With the newest of every room where the line lets it: what is not pinned now, a duty pins later. */
const remove = async (
  { acting, relay, nowMs, exchange }: CommandParts,
  memberId: string,
): Promise<CommandResult> => {
  const me = meIn(acting)
  if (!me.ok) return me
  const isFresh = await isDoneWithin(exchange(), removalPatienceMs)
  // what a relay has got since is not for this phone to cut off: nothing is pinned until it has seen it
  const from = isFresh ? relay : null
  return acting.acts.act(() =>
    removeMember(acting, memberId, (devices) => pinsNow(acting.database, from, devices, nowMs())),
  )
}

const welcomeCard = async (
  acting: Acting,
  { card, as }: PeopleCommand & { type: 'member.admit-card' },
  { relay, networkName }: NetworkTerms,
): Promise<CommandResult> => {
  const admitted = await admitCard(acting, card, as)
  if (!admitted.ok) return admitted
  const genesis = acting.replica.book.genesisPart()
  if (!genesis) return fail({ code: 'notYetMember' })
  const runs = await rosterRuns(acting.replica)
  return ok({ ...admitted.value, welcome: await encodeWelcome({ genesis, relay, networkName, runs }) })
}
