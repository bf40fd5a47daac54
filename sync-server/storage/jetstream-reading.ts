/** Reads messages of one stream: single ones by sequence, many of one subject through a consumer that then goes. */

import { AckPolicy, DeliverPolicy, type JsMsg } from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'
import { type Bytes, copyBytes } from '../protocol/bytes.ts'
import type { Cluster } from './jetstream-cluster.ts'

export interface Read {
  readonly subject: string
  readonly sequence: number
  readonly bytes: Bytes
}

type Reach = Pick<Cluster, 'manager' | 'client'>

/** asked for at once */
const batch = 500
/** The shortest that the client takes: a batch that is not whole by then is asked for anew. */
const batchMs = 1000

const fromMessage = ({ subject, seq, data }: Pick<JsMsg, 'subject' | 'seq' | 'data'>): Read => ({
  subject,
  sequence: seq,
  // what comes is a view of the socket's whole buffer
  bytes: copyBytes(data),
})

/** The message at a sequence, or null when it is gone. */
export const readAt = async ({ manager }: Reach, stream: string, seq: number): Promise<Read | null> => {
  const message = await manager.streams.getMessage(stream, { seq })
  return message && fromMessage(message)
}

/** The last message on a subject, or null. */
export const readLast = async ({ manager }: Reach, stream: string, subject: string): Promise<Read | null> => {
  const message = await manager.streams.getMessage(stream, { last_by_subj: subject })
  return message && fromMessage(message)
}

/** The last message of every subject that `filter` names, by the stream's leader. */
export const readEnds = async (reach: Reach, stream: string, filter: string): Promise<Read[]> => {
  const { state } = await reach.manager.streams.info(stream, { subjects_filter: filter })
  const subjects = Object.keys(state.subjects ?? {})
  const ends = await Promise.all(subjects.map((subject) => readLast(reach, stream, subject)))
  return ends.filter((end) => end !== null)
}

/**
 * All messages of the subjects that `filter` names, from a sequence on, in their order. Rejects when they stop
 * coming; what was given until then is good.
 */
export const readFrom = async (
  { manager, client }: Reach,
  stream: string,
  filter: string,
  fromSequence: number,
  onMessage: (message: Read) => 'more' | 'enough',
): Promise<void> => {
  const info = await manager.consumers.add(stream, {
    filter_subject: filter,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: fromSequence,
    ack_policy: AckPolicy.None,
    inactive_threshold: nanos(10_000),
    mem_storage: true,
    num_replicas: 1,
  })
  const consumer = client.consumers.getConsumerFromInfo(info)
  let left = info.num_pending
  let delivered = 0
  try {
    while (left > 0) {
      const asked = Math.min(left, batch)
      let came = 0
      for await (const message of await consumer.fetch({ max_messages: asked, expires: batchMs })) {
        came++
        if (message.info.deliverySequence !== ++delivered) throw new Error('a message was lost on its way')
        // none left: some that were counted are gone, their room was dropped
        const isLast = message.info.pending === 0
        if (onMessage(fromMessage(message)) === 'enough' || isLast) return
      }
      if (came === 0) throw new Error('the messages of a JetStream room stopped coming')
      left -= came
    }
  } finally {
    // not waited for: it goes by itself when the server does not hear of it
    manager.consumers.delete(stream, info.name).catch(() => false)
  }
}
