/** Everything an operator may set, in one table; README.md says what each is for, and a test holds the two together. */

import { limits } from './protocol/limits.ts'
import {
  natsServers,
  oneOf,
  optionalNumber,
  originList,
  type Setting,
  seconds,
  secret,
  wholeNumber,
  words,
  yesOrNo,
} from './setting-kinds.ts'
import { usualBounds } from './usual-bounds.ts'

const many = { min: 1, max: 1_000_000 }
const bytes = { min: 1024, max: Number.MAX_SAFE_INTEGER }

export const settings = {
  /** 0 = any free one */
  port: wholeNumber('PORT', 8787, '', { min: 0, max: 65_535 }),
  host: words('HOST', '127.0.0.1'),
  /** folder of the store */
  dataFolder: words('TADAMUN_DATA', './data'),
  /** NATS servers that keep the store instead of a file here */
  cluster: natsServers('TADAMUN_STORE'),
  /** on how many of them each message is */
  replicas: oneOf('TADAMUN_REPLICAS', '3', ['1', '3', '5']),
  /** folder of the built app */
  staticFolder: words('TADAMUN_STATIC', 'dist'),
  /** origins under which phones know this relay; empty = whatever address they used */
  origins: originList('TADAMUN_ORIGIN'),
  /** other relays that the app served here may talk to */
  otherRelays: originList('TADAMUN_RELAYS'),
  /** may anybody found a network here? */
  isOpen: yesOrNo('TADAMUN_OPEN', '1'),
  /** does a proxy in front name the client in X-Forwarded-For? */
  isBehindProxy: yesOrNo('TADAMUN_PROXY', '0'),
  logLevel: oneOf('TADAMUN_LOG', 'info', ['trace', 'debug', 'info', 'warn', 'error', 'silent']),
  metricsToken: secret('TADAMUN_METRICS_TOKEN'),

  /** null = as much as the disk holds */
  maxFileBytes: optionalNumber('TADAMUN_MAX_BYTES', 'bytes', bytes),
  /** [R30] [R33] */
  retentionMonths: wholeNumber('TADAMUN_RETENTION_MONTHS', limits.retentionMonths, 'months', {
    min: 1,
    max: 1200,
  }),
  /** [R32] */
  networkBytes: wholeNumber('TADAMUN_NETWORK_BYTES', limits.networkBytes, 'bytes', bytes),
  deviceBytes: wholeNumber('TADAMUN_DEVICE_BYTES', limits.deviceBytes, 'bytes', bytes),
  networkBlobBytes: wholeNumber('TADAMUN_NETWORK_BLOB_BYTES', limits.networkBlobBytes, 'bytes', bytes),
  deviceBlobBytes: wholeNumber('TADAMUN_DEVICE_BLOB_BYTES', limits.deviceBlobBytes, 'bytes', bytes),
  /** [R32] by address */
  requestsPerSecond: wholeNumber('TADAMUN_REQUESTS_PER_SECOND', limits.requestsPerSecond, 'requests/s', many),
  requestBurst: wholeNumber('TADAMUN_REQUEST_BURST', limits.requestBurst, 'requests', many),
  /** [R4] by device */
  verifiesPerSecond: wholeNumber('TADAMUN_VERIFIES_PER_SECOND', limits.verifiesPerSecond, 'entries/s', many),
  verifyBurst: wholeNumber('TADAMUN_VERIFY_BURST', limits.verifyBurst, 'entries', many),
  /** [R23] by session */
  messagesPerSecond: wholeNumber(
    'TADAMUN_MESSAGES_PER_SECOND',
    limits.liveMessagesPerSecond,
    'messages/s',
    many,
  ),
  messageBurst: wholeNumber('TADAMUN_MESSAGE_BURST', limits.liveMessageBurst, 'messages', many),
  /** [R23] */
  sessionsOfDevice: wholeNumber('TADAMUN_DEVICE_SOCKETS', limits.liveSessions, 'sockets', {
    min: 1,
    max: 100,
  }),
  maxSocketsOfAddress: wholeNumber(
    'TADAMUN_ADDRESS_SOCKETS',
    usualBounds.maxSocketsOfAddress,
    'sockets',
    many,
  ),
  maxSockets: wholeNumber('TADAMUN_MAX_SOCKETS', usualBounds.maxSockets, 'sockets', many),
  maxConnections: wholeNumber('TADAMUN_MAX_CONNECTIONS', usualBounds.maxConnections, 'connections', many),
  maxExchanges: wholeNumber('TADAMUN_MAX_EXCHANGES', usualBounds.maxExchanges, 'requests', many),
  idleMs: seconds('TADAMUN_IDLE_SECONDS', usualBounds.idleMs, { min: 1, max: 3600 }),
  requestTimeoutMs: seconds('TADAMUN_REQUEST_SECONDS', usualBounds.requestTimeoutMs, {
    min: 10,
    max: 86_400,
  }),
  drainMs: seconds('TADAMUN_DRAIN_SECONDS', usualBounds.drainMs, { min: 0, max: 600 }),
} satisfies Readonly<Record<string, Setting<unknown>>>

type SettingValue<Kind> = Kind extends Setting<infer Value> ? Value : never

/** What the operator set, checked; numbers in the units that their names say. */
export type Config = { readonly [Key in keyof typeof settings]: SettingValue<(typeof settings)[Key]> }
