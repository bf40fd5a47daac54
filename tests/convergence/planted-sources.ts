/** Faults about people and keys, as one change of one source file each; only a process of its own ever runs with one. */

import type { Troubles } from './schedule.ts'

export interface PlantedSource {
  name: string
  /** from the root of the project */
  file: string
  /** stands there exactly once */
  from: string
  to: string
  /** the trouble in which it can show, beside people */
  troubles?: Partial<Troubles>
}

const roster = (file: string) => `sync-server/protocol/roster-${file}.ts`

export const plantedSources: readonly PlantedSource[] = [
  {
    name: 'anybody changes roles',
    file: roster('roles'),
    from: "by.role !== 'coordinator' || !member || state.roleOf",
    to: '!member || state.roleOf',
    troubles: { eager: 'reach' },
  },
  {
    name: 'a removal voids nothing',
    file: roster('cuts'),
    from: 'while (bids.length > 0) {',
    to: 'while (bids.length > 1e9) {',
    troubles: { eager: 'remove' },
  },
  {
    name: 'pins are ignored',
    file: 'sync-server/protocol/does-count.ts',
    from: 'if (pins) return',
    to: 'if (pins && index < 0) return',
  },
  {
    name: 'who is out writes into months to come',
    file: 'sync-server/protocol/does-count.ts',
    from: '!isLaterMonth(room, former.newestMonth) && ',
    to: '',
  },
  {
    name: 'a phone laid aside writes into months to come',
    file: roster('ending'),
    from: "end === 'removed' ? newestMonth",
    to: "end !== 'active' ? newestMonth",
  },
  {
    name: 'statements stand in the order in which they came',
    file: roster('order'),
    from: 'const difference = this.#rankOf(a) - this.#rankOf(b)',
    to: 'if (a !== b) return 0; const difference = 0',
  },
  {
    name: 'uses of an invite are not counted',
    file: roster('admission'),
    from: 'invite.used++\n    const role',
    to: 'const role',
  },
  {
    name: 'an invite that was taken back stays open',
    file: roster('admission'),
    from: "if (invite.cancelled) return 'cancelled'",
    to: '',
  },
  {
    name: 'approval is skipped',
    file: roster('admission'),
    from: "return invite.approval ? 'approval' : null",
    to: 'return null',
  },
  {
    name: 'expiry is ignored',
    file: 'sync-server/opening.ts',
    from: 'if (!invite || invite.expiresS * 1000 >= nowMs) return false',
    to: 'if (nowMs > 0) return false',
  },
  {
    name: 'new keys are wrapped for the removed too',
    file: 'src/engine/people/rotation.ts',
    from: 'const devices = [...roster.devices.values()]',
    to: 'const devices = [...roster.devices.values(), ...roster.former.values()]',
  },
  {
    name: 'what is written is sealed under the oldest key',
    file: 'src/engine/keyring.ts',
    from: 'return this.newest(audience, roster) ?? this.chain(audience, roster).at(-1) ?? null',
    to: 'return this.chain(audience, roster)[0] ?? null',
  },
  {
    name: 'keys stay when somebody goes',
    file: roster('state'),
    from: 'this.keys.lose(audiencesOfRole[first.role]',
    to: 'void ([first.role]',
  },
  {
    name: 'two phones of one person are two coordinators',
    file: roster('roles'),
    from: 'state.votes.cast({ by: by.member',
    to: 'state.votes.cast({ by: by.id',
  },
  {
    name: 'juniors remove seniors alone',
    file: roster('roles'),
    from: 'state.isSenior(by.member, member)',
    to: 'true',
  },
  {
    name: 'forks are not cut',
    file: roster('forks'),
    from: "if (statement?.type !== 'fork') continue",
    to: "if (statement?.type !== 'fork' || statement.index >= 0) continue",
    troubles: { twoRelays: true },
  },
  {
    name: 'a relay takes what who is out sends himself',
    file: 'sync-server/run-intake.ts',
    from: 'maxLength: isCarried ? Number.POSITIVE_INFINITY : 0',
    to: 'maxLength: Number.POSITIVE_INFINITY',
  },
  {
    name: 'every member can open a contact that is to be given',
    file: 'src/engine/content-keys.ts',
    from: "filter(({ role }) => role === 'coordinator')",
    to: "filter(({ role }) => role !== 'follower')",
  },
  {
    name: 'a contact is sealed under the members’ key',
    file: 'src/engine/record-commands.ts',
    from: 'contentKey ? content.byId(contentKey) : ',
    to: '',
  },
]
