/** What a window may ask of the engine, and what the engine tells the windows. Types only. */

import type { NetworkId } from '../../sync-server/protocol/ids.ts'
import type { Result } from '../../sync-server/protocol/result.ts'
import type { RecordCommand } from '../records/commands.ts'
import type { RecordError } from '../records/record-error.ts'

/** A person's intent about the network itself. Commands about records are {@link RecordCommand}s. */
export type NetworkCommand =
  | { type: 'network.create'; name: string; kind: string; area: string; nickname: string; language: string }
  /** `link`: the whole address or only what follows `#j=` */
  | { type: 'network.join'; link: string; nickname: string; language: string }
  /** another of this phone's networks comes onto the screen */
  | { type: 'network.use'; networkId: string }
  | { type: 'network.rename-me'; nickname: string }
  /** gives the link; it is shown only after a relay has acknowledged invite and wraps */
  | { type: 'invite.make'; role: 'member' | 'coordinator'; hours: number; uses: number; origin: string }
  | { type: 'exchange.now' }

export type Command = NetworkCommand | RecordCommand

/** Every way in which a command can fail; each has a sentence in `locales` under `err.<code>`. */
export type CommandError =
  | RecordError
  | { code: 'noNetwork' }
  /** joining is not finished: the first exchange with the relay has not brought the keys yet */
  | { code: 'notYetMember' }
  | { code: 'linkBroken' }
  | { code: 'inviteExpired' }
  | { code: 'inviteUsed' }
  | { code: 'alreadyMember' }
  /** nobody answered; what was written stays on the phone */
  | { code: 'offline' }
  | { code: 'diskFull' }
  | { code: 'unexpected'; detail: string }

export interface CommandValue {
  /** the record that was made or changed */
  recordId?: string
  networkId?: NetworkId
  link?: string
  networkName?: string
}

export type CommandResult = Result<CommandValue, CommandError>

/** What went wrong with the last exchange, if anything did; each has a sentence in `locales` under `problem.<code>`. */
export type ExchangeProblem =
  | 'offline'
  | 'relayRefused'
  | 'relayNonsense'
  | 'notMember'
  | 'clock'
  | 'quota'
  | 'tooFast'
  | 'diskFull'

export interface EngineStatus {
  phase: 'starting' | 'ready' | 'blocked' | 'failed'
  network: NetworkId | null
  exchange: 'idle' | 'running'
  problem: ExchangeProblem | null
  /** ms since 1970 by the corrected clock, null before the first */
  lastExchangeAt: number | null
  /** entries in inbox and waiting that cannot be read yet */
  waiting: number
  /** ms to add to this phone's clock */
  clockOffsetMs: number
  /** the join that has not been confirmed by the roster yet, in the invite's words */
  joining: { networkName: string; problem: 'inviteExpired' | 'inviteUsed' | null } | null
  /** detail of a failure that nobody expected, for the help page */
  failure: string | null
}

/** Window → worker. */
export type EngineRequest =
  | { kind: 'run'; id: string; command: Command }
  | { kind: 'visible'; visible: boolean }
  | { kind: 'online' }

/** Worker → window. */
export type EngineMessage =
  | { kind: 'result'; id: string; result: CommandResult }
  | { kind: 'status'; status: EngineStatus }
