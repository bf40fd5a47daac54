/**
 * Blobs in two streams of a NATS cluster: a whole one is one message, a part of an upload another. What they are stands
 * in their subjects, so that sizes are asked for without fetching a byte of them.
 */

import type { BlobId } from '../protocol/blob-request.ts'
import { type Bytes, concatBytes } from '../protocol/bytes.ts'
import { type DeviceId, monthRoom, type NetworkId } from '../protocol/ids.ts'
import { limits } from '../protocol/limits.ts'
import { fail, ok, type Result } from '../protocol/result.ts'
import type { BlobFailure, BlobStore, Upload } from './blob-store.ts'
import { blobStream, type Cluster, partStream } from './jetstream-cluster.ts'
import { readLast } from './jetstream-reading.ts'
import { patiently } from './patiently.ts'

const publishMs = 2500
/** How long a sum may be older than what other relays took. */
const sumMs = 5000

/** How long a store may have been without relays and still forget what became too old meanwhile. */
const monthsBack = 60

interface Place {
  readonly subject: string
  readonly device: DeviceId
  readonly bytes: number
  /** of a part */
  readonly offset: number
}

interface Sum {
  readonly readAtMs: number
  readonly bytesByDevice: Map<DeviceId, number>
}

/** `tadamun.blobs.<month>.<network>.<id>.<device>.<bytes>` and `tadamun.parts.<network>.<id>.<device>.<offset>.<bytes>` */
const placeOf = (subject: string): Place => {
  const words = subject.split('.')
  const isPart = words[1] === 'parts'
  return {
    subject,
    device: (isPart ? words[4] : words[5]) as DeviceId,
    bytes: Number(words[6]),
    offset: isPart ? Number(words[5]) : 0,
  }
}

const add = (sum: Sum, device: DeviceId, bytes: number): void => {
  sum.bytesByDevice.set(
    device,
    (sum.bytesByDevice.get(device) ?? 0) + Math.max(bytes, limits.blobCountedBytes),
  )
}

export class JetStreamBlobs implements BlobStore {
  readonly #cluster: Cluster
  readonly #patienceMs: number
  readonly #failureOf: (cause: unknown) => BlobFailure
  readonly #sums = new Map<NetworkId, Sum>()

  constructor(cluster: Cluster, patienceMs: number, failureOf: (cause: unknown) => BlobFailure) {
    this.#cluster = cluster
    this.#patienceMs = patienceMs
    this.#failureOf = failureOf
  }

  #try<Value>(work: () => Promise<Value>): Promise<Value> {
    return patiently(this.#patienceMs, work)
  }

  async #places(stream: string, subjects_filter: string): Promise<Place[]> {
    const { state } = await this.#try(() => this.#cluster.manager.streams.info(stream, { subjects_filter }))
    return Object.keys(state.subjects ?? {}).map(placeOf)
  }

  async #whole(network: NetworkId, id: BlobId): Promise<Place | null> {
    return (await this.#places(blobStream, `tadamun.blobs.*.${network}.${id}.*.*`))[0] ?? null
  }

  #parts({ network, id, device }: Upload): Promise<Place[]> {
    return this.#places(partStream, `tadamun.parts.${network}.${id}.${device}.*.*`)
  }

  async #publish(upload: Upload, subject: string, bytes: Bytes): Promise<Result<null, BlobFailure>> {
    const sum = this.#sums.get(upload.network)
    try {
      await this.#try(() => this.#cluster.client.publish(subject, bytes, { timeout: publishMs }))
    } catch (cause) {
      return fail(this.#failureOf(cause))
    }
    if (sum) add(sum, upload.device, bytes.length)
    return ok(null)
  }

  async find(network: NetworkId, id: BlobId): Promise<number | null> {
    return (await this.#whole(network, id))?.bytes ?? null
  }

  async read(network: NetworkId, id: BlobId): Promise<Bytes | null> {
    const place = await this.#whole(network, id)
    if (!place) return null
    const message = await this.#try(() => readLast(this.#cluster, blobStream, place.subject))
    return message?.bytes ?? null
  }

  /** Parts that stand end to end from the beginning: two relays may have taken the same one, cut differently. */
  async begun(upload: Upload): Promise<Bytes> {
    const partByOffset = new Map((await this.#parts(upload)).map((part) => [part.offset, part]))
    const pieces: Bytes[] = []
    for (let offset = 0; ; ) {
      const part = partByOffset.get(offset)
      const message = part && (await this.#try(() => readLast(this.#cluster, partStream, part.subject)))
      if (!message || message.bytes.length === 0) return concatBytes(...pieces)
      pieces.push(message.bytes)
      offset += message.bytes.length
    }
  }

  async begunBytes(upload: Upload): Promise<number> {
    const endByOffset = new Map(
      (await this.#parts(upload)).map(({ offset, bytes }) => [offset, offset + bytes]),
    )
    let end = 0
    for (let next = endByOffset.get(0); next !== undefined && next > end; next = endByOffset.get(end))
      end = next
    return end
  }

  async addPart(upload: Upload, offset: number, part: Bytes): Promise<Result<number, BlobFailure>> {
    const { network, id, device } = upload
    try {
      const held = (await this.#parts(upload)).reduce(
        (end, each) => Math.max(end, each.offset + each.bytes),
        0,
      )
      if (held !== offset) return fail({ code: 'offset', bytes: (await this.begun(upload)).length })
    } catch (cause) {
      return fail(this.#failureOf(cause))
    }
    const subject = `tadamun.parts.${network}.${id}.${device}.${offset}.${part.length}`
    const published = await this.#publish(upload, subject, part)
    return published.ok ? ok(offset + part.length) : published
  }

  async keep(upload: Upload, blob: Bytes, nowMs: number): Promise<Result<null, BlobFailure>> {
    const { network, id, device } = upload
    try {
      if (!(await this.#whole(network, id))) {
        const subject = `tadamun.blobs.${monthRoom(nowMs)}.${network}.${id}.${device}.${blob.length}`
        const published = await this.#publish(upload, subject, blob)
        if (!published.ok) return published
      }
      await this.discard(upload)
      return ok(null)
    } catch (cause) {
      return fail(this.#failureOf(cause))
    }
  }

  async discard(upload: Upload): Promise<void> {
    const { network, id, device } = upload
    if ((await this.#parts(upload)).length === 0) return
    const filter = `tadamun.parts.${network}.${id}.${device}.>`
    await this.#try(() => this.#cluster.manager.streams.purge(partStream, { filter }))
    this.#sums.delete(network)
  }

  async bytes(network: NetworkId, device?: DeviceId): Promise<number> {
    let sum = this.#sums.get(network)
    if (!sum || performance.now() - sum.readAtMs > sumMs) {
      sum = { readAtMs: performance.now(), bytesByDevice: new Map() }
      const whole = await this.#places(blobStream, `tadamun.blobs.*.${network}.*.*.*`)
      const begun = await this.#places(partStream, `tadamun.parts.${network}.*.*.*.*`)
      for (const place of [...whole, ...begun]) add(sum, place.device, place.bytes)
      if (this.#sums.size >= 1000) this.#sums.clear()
      this.#sums.set(network, sum)
    }
    if (device !== undefined) return sum.bytesByDevice.get(device) ?? 0
    return sum.bytesByDevice.values().reduce((all, bytes) => all + bytes, 0)
  }

  /** Whole ones by the month in their subjects, parts by their place in the stream. */
  async dropBefore(wholeMs: number, begunMs: number): Promise<void> {
    const { manager } = this.#cluster
    const end = new Date(wholeMs)
    for (let back = 1; back <= monthsBack; back++) {
      const month = monthRoom(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - back))
      await this.#try(() => manager.streams.purge(blobStream, { filter: `tadamun.blobs.${month}.>` }))
    }
    for (;;) {
      const { state } = await this.#try(() => manager.streams.info(partStream))
      const first =
        state.messages > 0 ? await manager.streams.getMessage(partStream, { seq: state.first_seq }) : null
      if (!first || first.time.getTime() >= begunMs) break
      await this.#try(() => manager.streams.purge(partStream, { filter: first.subject }))
    }
    this.#sums.clear()
  }
}
