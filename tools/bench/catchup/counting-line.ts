/**
 * A slow line on loopback that counts what passes: every TCP payload byte, so the heads, upgrades and framing of each
 * protocol too. Each way takes half a second, by which round trips are told from the time that a job takes.
 */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Passed {
  bytes: number
  /** whole ones until the job was done; opening the TCP connection takes no time on this line */
  roundTrips: number
}

export interface CountingLine {
  port: number
  /** What passes from the beginning of a job until it is done and the line is quiet. */
  measure<T>(job: () => Promise<T>): Promise<{ passed: Passed; value: T }>
  close(): void
}

/** As on 2G (EDGE: 300 to 1,000 ms a round trip); a job on a busy machine takes less than one. */
const delayMs = 500
const quietMs = 4 * delayMs

export const openCountingLine = async (targetPort: number): Promise<CountingLine> => {
  let bytes = 0
  let movedAt = 0
  const carry = (from: Socket, to: Socket) => {
    from.on('data', (chunk) => {
      bytes += chunk.length
      movedAt = performance.now()
      setTimeout(() => to.write(chunk), delayMs)
    })
    // one end is gone: so is the line
    from.on('close', () => setTimeout(() => to.destroy(), delayMs))
    from.on('error', () => from.destroy())
  }
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1')
    carry(client, target)
    carry(target, client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const isQuiet = async () => {
    while (performance.now() - movedAt < quietMs) await sleep(delayMs / 5)
  }
  return {
    port: (server.address() as AddressInfo).port,
    measure: async (job) => {
      await isQuiet()
      bytes = 0
      const beganAt = performance.now()
      const value = await job()
      const roundTrips = Math.floor((performance.now() - beganAt) / (2 * delayMs))
      await isQuiet()
      return { passed: { bytes, roundTrips }, value }
    },
    close: () => server.close(),
  }
}
