/**
 * A line on loopback that counts what passes: every TCP payload byte, so the heads, upgrades and framing of each protocol
 * too, and the round trips by what could be said in answer to what, whatever time the machine takes.
 */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Passed {
  bytes: number
  /** the longest chain of a word and its answer until the job was done; opening the TCP connection is not counted */
  roundTrips: number
}

export interface CountingLine {
  port: number
  /** What passes from the beginning of a job until it is done and the line is quiet. */
  measure<T>(job: () => Promise<T>): Promise<{ passed: Passed; value: T }>
  /** Breaks once so many bytes of answers have come to the client from now on. */
  breakAfter(bytes: number): void
  hasBroken(): boolean
  close(): void
}

/** Each way; so that what crosses on the line is not taken for an answer. */
const delayMs = 100
const quietMs = 1000

/** What an end of the line has heard: how many round trips it took to come about. */
interface End {
  heard: number
}

export const openCountingLine = async (targetPort: number): Promise<CountingLine> => {
  const [client, server]: [End, End] = [{ heard: 0 }, { heard: 0 }]
  let bytes = 0
  let movedAt = 0
  let answerBytesLeft = Number.POSITIVE_INFINITY
  let hasBroken = false
  /** What a client says may rest on all that it has heard, and opens one round trip more. */
  const carry = (from: Socket, to: Socket, trips: () => number, listener: End) => {
    from.on('data', (whole) => {
      const depth = trips()
      const isBroken = listener === client && whole.length >= answerBytesLeft
      const chunk = isBroken ? whole.subarray(0, answerBytesLeft) : whole
      if (listener === client)
        answerBytesLeft = isBroken ? Number.POSITIVE_INFINITY : answerBytesLeft - chunk.length
      if (isBroken) {
        hasBroken = true
        // what the relay has written into a line that is gone has cost nobody anything
        from.removeAllListeners('data').destroy()
        setTimeout(() => to.resetAndDestroy(), delayMs * 2)
      }
      bytes += chunk.length
      movedAt = performance.now()
      setTimeout(() => {
        listener.heard = Math.max(listener.heard, depth)
        to.write(chunk)
      }, delayMs)
    })
    // one end is gone: so is the line
    from.on('close', () => setTimeout(() => to.destroy(), delayMs))
    from.on('error', () => from.destroy())
  }
  const listening = createServer((socket) => {
    const target = connect(targetPort, '127.0.0.1')
    carry(socket, target, () => client.heard + 1, server)
    carry(target, socket, () => server.heard, client)
  })
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const isQuiet = async () => {
    while (performance.now() - movedAt < quietMs) await sleep(quietMs / 10)
  }
  return {
    port: (listening.address() as AddressInfo).port,
    measure: async (job) => {
      await isQuiet()
      bytes = 0
      client.heard = 0
      server.heard = 0
      const value = await job()
      const roundTrips = client.heard
      await isQuiet()
      return { passed: { bytes, roundTrips }, value }
    },
    breakAfter: (bytesOfAnswer) => {
      answerBytesLeft = bytesOfAnswer
    },
    hasBroken: () => hasBroken,
    close: () => listening.close(),
  }
}
