/**
 * What catching up costs: a phone that lacks 100 one-field edits, in a quarter of 200 devices that has done 4,900 writes,
 * then a phone for which there is nothing new, then one that joins, and one whose line breaks while it joins. Same work, same
 * run, for us and for a stock Yjs app (but for joining); bytes are TCP payload over a counted line on loopback, so HTTP
 * heads, the WebSocket upgrade and framing are in them, TCP and TLS not.
 *
 * Ours carries sealed, signed and padded entries, each with its own signature, and ten rooms in one POST. Theirs carries
 * the same fields in the clear, unsigned, in one document; once with 400 earlier sessions in it (each phone opened the app
 * twice) and once with 8,000 (forty times).
 */
import type { BenchOptions } from '../bench.ts'
import { measureOurs } from './catchup/ours.ts'
import { size } from './catchup/week-of-work.ts'
import { measureYWebsocket } from './catchup/y-websocket.ts'

const inThousandths = (ratio: number): number => Math.round(ratio * 1000) / 1000
const inTenths = (ratio: number): number => Math.round(ratio * 10) / 10

export default async ({ isJson }: BenchOptions): Promise<void> => {
  const ours = await measureOurs()
  const few = await measureYWebsocket(400)
  const many = await measureYWebsocket(8000)
  const line = {
    name: 'catchup',
    ours: ours.caughtUp,
    yWebsocket: { ...few.caughtUp, bytes8000: many.caughtUp.bytes },
    ratio: inTenths(few.caughtUp.bytes / ours.caughtUp.bytes),
    ratio8000: inTenths(many.caughtUp.bytes / ours.caughtUp.bytes),
    nothingNew: {
      bytes: ours.nothingNewBodies,
      ours: ours.nothingNew,
      yWebsocket: { ...few.nothingNew, bytes8000: many.nothingNew.bytes },
    },
    bootstrap: ours.bootstrap,
    resume: { ...ours.resume, bytesRatio: inThousandths(ours.resume.bytesRatio) },
  }
  if (!isJson) {
    const row = (name: string, { bytes, roundTrips }: { bytes: number; roundTrips: number }) =>
      console.log(`  ${name.padEnd(34)}${String(bytes).padStart(8)} bytes ${roundTrips} round trip(s)`)
    console.log(`${size.behind} one-field edits behind:`)
    row('ours', ours.caughtUp)
    row('y-websocket, 400 sessions', few.caughtUp)
    row('y-websocket, 8,000 sessions', many.caughtUp)
    console.log('nothing new (ours in ten rooms):')
    row('ours', ours.nothingNew)
    row('y-websocket, 400 sessions', few.nothingNew)
    row('y-websocket, 8,000 sessions', many.nothingNew)
    const { entries, ms } = ours.bootstrap
    console.log(`a phone that joins, ${entries} entries (${ms} ms of a processor, phone and relay):`)
    row('ours', ours.bootstrap)
    console.log(`its line broken at 60 %, and gone on: ${line.resume.bytesRatio} of the bytes`)
    console.log(
      `our entries alone ${ours.entryBytes} bytes; our bodies when nothing is new ${ours.nothingNewBodies}`,
    )
  }
  console.log(JSON.stringify(line))
}
