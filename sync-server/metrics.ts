/** What can be counted of a relay, for a Prometheus to fetch: never a network, a device or an address. */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { BlobRefusal } from './protocol/blob-request.ts'
import type { ListRefusal, Refusal } from './protocol/exchange.ts'
import type { StoreEvents } from './storage/measured-store.ts'
import type { AppendFailure } from './storage/store.ts'
import type { Traffic } from './traffic.ts'

export interface Metrics extends StoreEvents {
  /** null = answered; `cut` = its sender went away, or was too slow */
  exchanged(refusal: Refusal | 'cut' | null, seconds: number): void
  /** signatures that a sender was granted to have checked */
  verified(count: number): void
  refused(reason: ListRefusal): void
  /** null = answered */
  blobAnswered(refusal: BlobRefusal | 'cut' | null): void
  /** a picture or voice note became whole */
  blobKept(bytes: number): void
  storeFailed(reason: AppendFailure['code']): void
  /** What is counted as a thing is now: both are asked only when somebody fetches. */
  watch(source: { readonly sessions: () => number; readonly traffic: Traffic }): void
  /** in the text format of Prometheus */
  text(): Promise<string>
  readonly contentType: string
}

/** A commit on an SSD takes some ms, on a memory card 50, over three servers 1 to 10 s when one of them dies. */
const storeBuckets = [0.0005, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2, 10]
/** From an answer out of memory to a month over 2G. */
const exchangeBuckets = [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600]

const createCounters = (registry: Registry) => {
  const registers = [registry]
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: `tadamun_${name}`, help, labelNames, registers })
  return {
    exchanges: counter('exchanges_total', 'POSTs to /v1/sync by how they ended', ['result']),
    exchangeSeconds: new Histogram({
      name: 'tadamun_exchange_seconds',
      help: 'from the head of a POST to the last byte of its answer',
      buckets: exchangeBuckets,
      registers,
    }),
    entries: counter('entries_stored_total', 'entries that are durable and were not held before'),
    refused: counter('refused_total', 'updates, or parts of them, that were not taken', ['reason']),
    verifies: counter('verifies_total', 'signatures that senders were granted to have checked'),
    blobs: counter('blobs_stored_total', 'pictures and voice notes that became whole'),
    blobBytes: counter('blob_bytes_stored_total', 'their bytes'),
    blobAnswers: counter('blob_requests_total', 'POSTs to /v1/blob by how they ended', ['result']),
    failures: counter('store_failures_total', 'appends that the store did not take', ['reason']),
    storeSeconds: new Histogram({
      name: 'tadamun_store_seconds',
      help: 'how long the store took to answer',
      labelNames: ['operation'] as const,
      buckets: storeBuckets,
      registers,
    }),
  }
}

const watchNow = (registry: Registry, sessions: () => number, traffic: Traffic): void => {
  const gauge = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name: `tadamun_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(value())
      },
    })
  }
  gauge('live_sessions', 'live sockets that are in a room', sessions)
  gauge('connections', 'open connections', () => traffic.now().connections)
  gauge('received_bytes', 'bytes that came in since the start', () => traffic.now().receivedBytes)
  gauge('sent_bytes', 'bytes that went out since the start', () => traffic.now().sentBytes)
}

/** Counts from now on; processes and event loops count themselves (`process_…`, `nodejs_…`). */
export const createMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const counters = createCounters(registry)
  return {
    exchanged(refusal, seconds) {
      counters.exchanges.inc({ result: refusal ?? 'answered' })
      counters.exchangeSeconds.observe(seconds)
    },
    verified: (count) => counters.verifies.inc(count),
    refused: (reason) => counters.refused.inc({ reason }),
    blobAnswered: (refusal) => counters.blobAnswers.inc({ result: refusal ?? 'answered' }),
    blobKept(bytes) {
      counters.blobs.inc()
      counters.blobBytes.inc(bytes)
    },
    storeFailed: (reason) => counters.failures.inc({ reason }),
    stored: (entries) => counters.entries.inc(entries),
    took: (operation, seconds) => counters.storeSeconds.observe({ operation }, seconds),
    watch: ({ sessions, traffic }) => watchNow(registry, sessions, traffic),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
