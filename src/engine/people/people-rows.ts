/** The roster as rows for screens: persons, invites, and who asks to be let in. Pure. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import type { Asker, Device, FormerDevice, Roster } from '../../../sync-server/protocol/roster.ts'
import { inviteIdOf, type SealedName } from '../../../sync-server/protocol/statement.ts'
import type { InviteRow, MemberRow, RequestRow } from '../../storage/schema.ts'
import { memberOf } from '../membership.ts'
import type { MadeInvite } from './made-invites.ts'

const noName: SealedName = { name: '', languages: [] }

const devicesByMember = <D extends Device>(devices: Iterable<D>): Map<DeviceId, D[]> => {
  const byMember = new Map<DeviceId, D[]>()
  for (const device of devices) byMember.set(device.member, [...(byMember.get(device.member) ?? []), device])
  return byMember
}

/** How it ended for a person none of whose phones is in; null while one is. */
const endOf = (active: readonly Device[], former: readonly FormerDevice[]): MemberRow['end'] => {
  if (active.length > 0) return null
  return former.some(({ end }) => end === 'removed') ? 'removed' : 'left'
}

/** `names` and `me` are by person and device. */
export const memberRows = (
  roster: Roster,
  names: ReadonlyMap<DeviceId, SealedName>,
  me: DeviceId,
): MemberRow[] => {
  const active = devicesByMember(roster.devices.values())
  const former = devicesByMember(roster.former.values())
  const person = (device: DeviceId | null) => device && memberOf(roster, device)
  return [...new Set([...active.keys(), ...former.keys()])].flatMap((member): MemberRow[] => {
    const [inNow, gone] = [active.get(member) ?? [], former.get(member) ?? []]
    const shown: readonly Device[] = inNow.length > 0 ? inNow : gone
    const first = [...inNow, ...gone].find(({ id }) => id === member) ?? shown[0]
    const [current] = shown
    if (!first || !current) return []
    const end = endOf(inNow, gone)
    return [
      {
        deviceId: member,
        ...(names.get(member) ?? noName),
        role: current.role,
        seniority: first.seniority,
        joinedAt: first.joinedS * 1000,
        invitedBy: person(first.invitedBy),
        isMe: person(me) === member ? 1 : 0,
        devices: shown.map(({ id, joinedS }) => ({ id, joinedAt: joinedS * 1000, isThis: id === me })),
        end,
        endedBy:
          end === 'removed' ? person(gone.find((device) => device.end === 'removed')?.by ?? null) : null,
        votes: roster.votes
          .filter((vote) => vote.member === member)
          .map(({ by, change }) => ({ by, change })),
      },
    ]
  })
}

/** `made`: those of this phone, by invite id. */
export const inviteRows = (
  roster: Roster,
  made: Readonly<Record<string, MadeInvite | undefined>>,
): InviteRow[] =>
  [...roster.invites].map(([inviteId, { role, expiresS, uses, used, approval, cancelled, by }]) => {
    const own = made[inviteId]
    return {
      inviteId,
      role,
      expiresAt: expiresS * 1000,
      uses,
      used,
      approval,
      cancelled,
      by: memberOf(roster, by),
      madeAt: own?.madeAt ?? null,
      ...(own?.isDelivered ? { link: own.link } : {}),
      ...(own?.code?.isKept ? { code: own.code.text } : {}),
    }
  })

/**
 * Those who came by an invite that a coordinator has to confirm, and those who were in already; all others were told that
 * their link is over.
 */
export const requestRows = (
  roster: Roster,
  names: ReadonlyMap<DeviceId, SealedName>,
  words: ReadonlyMap<DeviceId, number[]>,
  declined: ReadonlySet<DeviceId>,
): RequestRow[] =>
  waitingAskers(roster, names).map(({ id, inviteKey, askedS, reason }) => {
    const inviteId = inviteIdOf(inviteKey)
    const invite = roster.invites.get(inviteId)
    return {
      deviceId: id,
      ...(names.get(id) ?? noName),
      askedAt: askedS * 1000,
      inviteId,
      invitedBy: invite ? memberOf(roster, invite.by) : null,
      role: invite?.role ?? 'member',
      words: words.get(id) ?? [],
      reason: reason as RequestRow['reason'],
      declined: declined.has(id) ? 1 : 0,
    }
  })

/** Who was in already and was pushed out has none: his phone shows no words to compare. */
export const hasWords = ({ invites }: Roster, { inviteKey }: Asker): boolean =>
  invites.get(inviteIdOf(inviteKey))?.approval === true

/**
 * A name from who came by a link without approval was written when he was in: a removal that had not seen him come has
 * closed his link behind him, and only a coordinator can let him in again.
 */
export const waitingAskers = (roster: Roster, names: ReadonlyMap<DeviceId, SealedName>): Asker[] =>
  [...roster.askers.values()].filter(
    (asker) => asker.reason !== 'idTaken' && (hasWords(roster, asker) || names.has(asker.id)),
  )
