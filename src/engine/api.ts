/** What a window may ask of the engine, and what the engine tells the windows. Types only. */

import type { NetworkId } from '../../sync-server/protocol/ids.ts'
import type { Result } from '../../sync-server/protocol/result.ts'
import type { Asker } from '../../sync-server/protocol/roster.ts'
import type { Role } from '../../sync-server/protocol/statement.ts'
import type { RecordCommand } from '../records/commands.ts'
import type { RecordError } from '../records/record-error.ts'
import type { HistoryStep } from '../records/record-history.ts'
import type { ExchangeProgress } from '../sync/exchange.ts'
import type { BackupCommand, BackupProblem, BackupSummary } from './backup/backup-api.ts'
import type { KeptMedia, MediaAbsence, MediaCommand } from './media/media-api.ts'
import type { Brought, PacketCommand, PacketProblem, PacketView } from './packets/packet-api.ts'

/** A person's intent about the network itself. Commands about records are {@link RecordCommand}s. */
export type NetworkCommand =
  | { type: 'network.create'; name: string; kind: string; area: string; nickname: string; language: string }
  /** `link`: the whole address or only what follows `#j=` */
  | { type: 'network.join'; link: string; nickname: string; language: string }
  /** `code`: as somebody typed it; gives the link to join by */
  | { type: 'invite.find'; code: string }
  /** another of this phone's networks comes onto the screen */
  | { type: 'network.use'; networkId: string }
  | { type: 'network.rename-me'; nickname: string }
  /** this phone leaves; what is here stays readable */
  | { type: 'network.leave' }
  | { type: 'network.settings'; membersMayInvite: boolean }
  /** face to face, the joiner's side: makes keys and gives the card for a coordinator to scan; needs no network */
  | { type: 'network.meet'; nickname: string; language: string }
  /** face to face, the joiner's side: what a coordinator showed back opens the network */
  | { type: 'network.enter'; welcome: Uint8Array }
  | { type: 'exchange.now' }

/** A person's intent about who else is in the network. `memberId` and `deviceId` are those of the rows. */
export type PeopleCommand =
  /** gives the link; it is shown only after a relay has acknowledged invite and wraps */
  | { type: 'invite.make'; role: Role; hours: number; uses: number; approval: boolean; origin: string }
  | { type: 'invite.cancel'; inviteId: string }
  | { type: 'member.admit'; deviceId: string; role: Role }
  /** not now: on this phone only; the row of the request stays, marked */
  | { type: 'member.decline'; deviceId: string }
  | { type: 'member.role'; memberId: string; role: Role }
  | { type: 'member.remove'; memberId: string }
  /** an own phone that is lost; this one goes by `network.leave` */
  | { type: 'device.retire'; deviceId: string }
  /** face to face, the coordinator's side (with `myDevice` anybody's): admits and gives the welcome to show back */
  | { type: 'member.admit-card'; card: string; as: Role | 'myDevice' }

/** What happened to a record, and taking one's own steps back. */
export type HistoryCommand =
  /** steps of a record and of what people did about it, the oldest first; nothing is written */
  | { type: 'history.read'; recordId: string }
  /** `recordId` and `place` as a step says; `notAllowed` where it cannot be undone any more */
  | { type: 'history.undo'; recordId: string; place: string }

export type Command =
  | NetworkCommand
  | PeopleCommand
  | MediaCommand
  | PacketCommand
  | RecordCommand
  | HistoryCommand
  | BackupCommand

/** Every way in which a command can fail; each has a sentence in `locales` under `err.<code>`, those of codes under `code.<code>`. */
export type CommandError =
  | RecordError
  | { code: 'noNetwork' }
  /** joining is not finished: the first exchange with the relay has not brought the keys yet */
  | { code: 'notYetMember' }
  | { code: 'linkBroken' }
  /** what was typed is no code, or no invite here has it (any more) */
  | { code: 'codeUnknown' }
  /** its invite is cancelled, used up or expired */
  | { code: 'codeOver' }
  /** too many were tried from this address */
  | { code: 'codeTooFast' }
  | { code: 'inviteExpired' }
  | { code: 'inviteUsed' }
  | { code: 'alreadyMember' }
  /** this phone was removed or has left: everything can be read, nothing written */
  | { code: 'ended' }
  /** who was there before may not be removed or demoted by one alone */
  | { code: 'notSenior' }
  /** the same was said before by this person: it waits for another coordinator */
  | { code: 'alreadyVoted' }
  /** nobody could let people in any more */
  | { code: 'lastCoordinator' }
  /** a person has at most four phones in a network */
  | { code: 'tooManyDevices' }
  /** what was scanned or pasted is no card, or was cut */
  | { code: 'cardBroken' }
  /** what was scanned is no welcome, or was cut */
  | { code: 'welcomeBroken' }
  /** the welcome answers another phone's card */
  | { code: 'welcomeNotOurs' }
  /** nobody answered; what was written stays on the phone */
  | { code: 'offline' }
  /** a backup that does not open */
  | { code: 'backup'; problem: BackupProblem }
  /** a packet that cannot be used; each problem has a sentence under `packet.<problem>` */
  | { code: 'packet'; problem: PacketProblem }
  | { code: 'diskFull' }
  | { code: 'unexpected'; detail: string }

export interface CommandValue {
  /** a picture or voice note that was kept */
  media?: KeptMedia
  /** of one that was opened; else why it cannot be shown now */
  content?: Uint8Array<ArrayBuffer>
  absent?: MediaAbsence
  /** the record that was made or changed */
  recordId?: string
  networkId?: NetworkId
  link?: string
  /** to read out or type in place of the link; absent where no relay took it */
  code?: string
  networkName?: string
  inviteId?: string
  /** counted as a vote: it takes effect when another coordinator says the same */
  isVote?: true
  /** text of a QR code, and to be pasted where no camera is */
  card?: string
  /** bytes for a sequence of QR codes */
  welcome?: Uint8Array
  /** as the scanned card says */
  nickname?: string
  history?: HistoryStep[]
  /** a backup, to be kept outside of this phone; of one that was opened what is in it */
  file?: Uint8Array<ArrayBuffer>
  backup?: BackupSummary
  /** to be given to a neighbour */
  packet?: Uint8Array<ArrayBuffer>
  /** what is in a packet; of one that was taken what came in, and how many entries its sender has not */
  view?: PacketView
  brought?: Brought
  lacks?: number
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

export interface Joining {
  networkName: string
  problem: 'inviteExpired' | 'inviteUsed' | null
  /** why this phone is not in yet; `approval` and `used` wait for a coordinator; null while no answer has come */
  reason: Asker['reason'] | null
  /** four numbers, 0-255: the words that a coordinator sees as well; null for an invite without approval */
  words: number[] | null
}

export interface EngineStatus {
  phase: 'starting' | 'ready' | 'blocked' | 'failed'
  network: NetworkId | null
  exchange: 'idle' | 'running'
  /** of one that takes long; null else */
  progress: ExchangeProgress | null
  problem: ExchangeProblem | null
  /** what neighbours write arrives at once */
  live: boolean
  /** ms since 1970 by the corrected clock, null before the first */
  lastExchangeAt: number | null
  /** entries in inbox and waiting that cannot be read yet */
  waiting: number
  /** ms to add to this phone's clock */
  clockOffsetMs: number
  /** the join that has not been confirmed by the roster yet, in the invite's words */
  joining: Joining | null
  /** a card that was made and not answered yet */
  meeting: { card: string; nickname: string } | null
  /** this device's place in the network in use is over, or came out of a backup: everything can be read, nothing written */
  ended: 'removed' | 'left' | 'restored' | null
  /** the browser had lost its database: what was kept beside it is back, the rest comes from relays */
  regained: boolean
  /** detail of a failure that nobody expected, for the help page */
  failure: string | null
}

/** Window → worker. */
export type EngineRequest =
  | { kind: 'run'; id: string; command: Command }
  | { kind: 'visible'; visible: boolean }
  | { kind: 'online' }
  | { kind: 'offline' }
  /** a person saves data: as on a slow link, whatever the phone knows of it */
  | { kind: 'saving'; isSaving: boolean }

/** Worker → window. */
export type EngineMessage =
  | { kind: 'result'; id: string; result: CommandResult }
  | { kind: 'status'; status: EngineStatus }
