/** The connection to a NATS cluster and the streams of a relay store in it, made if missing. */

import {
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  type StreamConfig,
} from '@nats-io/jetstream'
import { AuthorizationError, connect, type NatsConnection, nanos } from '@nats-io/transport-node'
import { randomBytes, toBase64url, utf8 } from '../protocol/bytes.ts'
import { fail, ok, type Result } from '../protocol/result.ts'
import type { ClusterAddress } from './jetstream-address.ts'
import { maxMessageBytes } from './jetstream-message.ts'
import { patiently } from './patiently.ts'

export interface ClusterOptions {
  /** servers that keep each message: 1, 3 or 5 */
  readonly replicas: number
  /** streams over which the networks of a new store are spread; an existing one keeps its own number */
  readonly shards: number
  /** most bytes in all streams together, null = as much as the servers hold */
  readonly maxBytes: number | null
  /** how long to wait for servers that choose their leaders */
  readonly patienceMs: number
}

export interface Cluster {
  readonly connection: NatsConnection
  readonly manager: JetStreamManager
  readonly client: JetStreamClient
  readonly relayId: string
  /** names of the streams that hold the rooms */
  readonly streams: readonly string[]
}

/** Name and subject of the one message that says whose streams these are. */
const identityStream = 'TADAMUN'
/** whole blobs, and parts of those that are on their way */
export const blobStream = 'TADAMUN_BLOBS'
export const partStream = 'TADAMUN_PARTS'
const identitySubject = 'tadamun.relay'
const format = 1

interface Identity {
  readonly format: number
  readonly relayId: string
  readonly shards: number
}

/** https://github.com/nats-io/nats-server/blob/main/server/errors.json */
export const streamNotFound = 10059

export const hasCode = (cause: unknown, code: number): boolean =>
  cause instanceof JetStreamApiError && cause.code === code

export const subjectsOfShard = (shard: number): string => `tadamun.rooms.${shard}`

/** How `maxBytes` is shared out, so that pictures leave room for words; what remains is for uploads under way. */
const entryShare = 1 / 2
const blobShare = 7 / 16

/** Answers to requests come within this, or the request is made again. */
const requestMs = 2500

const ensureStream = async (
  manager: JetStreamManager,
  config: Partial<StreamConfig> & { name: string; num_replicas: number },
): Promise<void> => {
  const known = await manager.streams.info(config.name).catch((cause: unknown) => {
    if (hasCode(cause, streamNotFound)) return null
    throw cause
  })
  if (!known) await manager.streams.add(config)
  else if (known.config.num_replicas !== config.num_replicas || known.config.max_bytes !== config.max_bytes)
    await manager.streams.update(config.name, {
      ...known.config,
      num_replicas: config.num_replicas,
      max_bytes: config.max_bytes ?? -1,
    })
}

/** What the first relay wrote, whoever that was: of several that begin together the first message counts. */
const ensureIdentity = async (
  client: JetStreamClient,
  manager: JetStreamManager,
  shards: number,
): Promise<Identity> => {
  const first = { seq: 1, next_by_subj: identitySubject }
  const held = async () => (await manager.streams.getMessage(identityStream, first))?.json<Identity>()
  const known = await held()
  if (known) return known
  const mine: Identity = { format, relayId: toBase64url(randomBytes(16)), shards }
  await client.publish(identitySubject, utf8(JSON.stringify(mine)))
  const written = await held()
  if (!written) throw new Error('the identity that was written is not there yet')
  return written
}

const prepare = async (
  connection: NatsConnection,
  options: ClusterOptions,
): Promise<Result<Cluster, string>> => {
  const client = jetstream(connection, { timeout: requestMs })
  const manager = await jetstreamManager(connection, { timeout: requestMs })
  const { replicas: num_replicas, maxBytes } = options
  const usual = { num_replicas, discard: DiscardPolicy.New, duplicate_window: nanos(120_000) }
  await ensureStream(manager, { ...usual, name: identityStream, subjects: [identitySubject], max_bytes: -1 })
  const { shards, relayId, format: found } = await ensureIdentity(client, manager, options.shards)
  if (found !== format)
    return fail(`The streams have format ${found}, this relay writes format ${format}: run the newer relay.`)
  const streams = Array.from({ length: shards }, (_, shard) => `${identityStream}_${shard}`)
  const share = (part: number) => (maxBytes === null ? -1 : Math.max(1, Math.floor(maxBytes * part)))
  const max_bytes = share(entryShare / shards)
  for (const [shard, name] of streams.entries())
    await ensureStream(manager, { ...usual, name, subjects: [`${subjectsOfShard(shard)}.*.*`], max_bytes })
  const blobs = { ...usual, name: blobStream, subjects: ['tadamun.blobs.>'] }
  await ensureStream(manager, { ...blobs, max_bytes: share(blobShare) })
  const parts = { ...usual, name: partStream, subjects: ['tadamun.parts.>'] }
  await ensureStream(manager, { ...parts, max_bytes: share(1 - entryShare - blobShare) })
  return ok({ connection, manager, client, relayId, streams })
}

const connectTo = ({ servers, user, password, isEncrypted }: ClusterAddress): Promise<NatsConnection> =>
  connect({
    servers: [...servers],
    name: 'tadamun relay',
    // for ever: a relay that is up waits for its servers
    maxReconnectAttempts: -1,
    reconnectTimeWait: 200,
    pingInterval: 5000,
    timeout: 3000,
    ...(user !== undefined && { user }),
    ...(password !== undefined && { pass: password }),
    ...(isEncrypted && { tls: {} }),
  })

/** The failure is a sentence for the operator. */
export const openCluster = async (
  address: ClusterAddress,
  options: ClusterOptions,
): Promise<Result<Cluster, string>> => {
  const { patienceMs } = options
  let connection: NatsConnection | undefined
  try {
    const isRefused = (cause: unknown): boolean => cause instanceof AuthorizationError
    const open = await patiently(patienceMs, () => connectTo(address), isRefused)
    connection = open
    const maxBytes = open.info?.max_payload ?? 0
    const prepared =
      maxBytes < maxMessageBytes
        ? fail(
            `The NATS servers take messages of ${maxBytes} bytes: set max_payload to ${maxMessageBytes} there.`,
          )
        : await patiently(patienceMs, () => prepare(open, options))
    if (!prepared.ok) await open.close()
    return prepared
  } catch (cause) {
    await connection?.close()
    const detail = cause instanceof Error ? cause.message : String(cause)
    const where = address.servers.join(', ')
    return fail(`The NATS servers at ${where} cannot be used (${detail}). Are they up, with JetStream on?`)
  }
}
