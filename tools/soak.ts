/**
 * `npm run soak -- --minutes N [--sockets 10000]`: the relay as an operator runs it, with so many live sockets of phones
 * that come, write and go, while members attack it by everything that harmed stock parts, without an end. What counts
 * is that its memory stays: a line through the second half of the samples may not rise by 5 %. Each is taken after a full
 * collection: by itself V8 lets what is dead lie for minutes, and where that saw is cut off would decide. The last line
 * is the verdict as JSON; it ends with 1 when that is not good.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { inTurns, settleFleet } from './bench/live/our-fleet.ts'
import { percentile } from './bench/live/percentile.ts'
import { type ServerProcess, startServer } from './bench/servers/server-process.ts'
import { startAttackers } from './soak/attackers.ts'
import { driftPercent, type Sample } from './soak/line-through.ts'
import { whyTooFewFiles } from './soak/open-files.ts'
import { type Met, SoakPhone } from './soak/phones.ts'

const socketsOfPhone = 3
const phonesOfNetwork = 8
const mostDriftPercent = 5
/** In each second so many phones go and as many come, and so many entries are written. */
const pace = { changes: 10, entries: 20, attackPauseMs: 50 }
const connectedAtOnce = 10
const sampleMs = 5000

const wholeNumber = (text: string, name: string, most: number): number => {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  console.error(`--${name} takes a whole number from 1 to ${most}.`)
  process.exit(2)
}

const readOptions = () => {
  const { values } = parseArgs({
    options: { minutes: { type: 'string', default: '5' }, sockets: { type: 'string', default: '10000' } },
  })
  const sockets = wholeNumber(values.sockets, 'sockets', 60_000)
  const problem = whyTooFewFiles(sockets)
  if (problem) {
    console.error(problem)
    process.exit(2)
  }
  return { minutes: wholeNumber(values.minutes, 'minutes', 10_000), sockets }
}

const bounds = (sockets: number) => ({
  TADAMUN_PROXY: '1',
  TADAMUN_LOG: 'error',
  TADAMUN_MAX_SOCKETS: String(sockets + 500),
  TADAMUN_MAX_CONNECTIONS: String(sockets + 2000),
})

const comeAll = async (phones: readonly SoakPhone[]): Promise<void> => {
  for (let from = 0; from < phones.length; from += connectedAtOnce)
    await Promise.all(phones.slice(from, from + connectedAtOnce).map((phone) => phone.come()))
}

const oneOf = (phones: readonly SoakPhone[]): SoakPhone =>
  phones[Math.floor(Math.random() * phones.length)] as SoakPhone

/** One second of a neighbourhood. */
const liveOn = async (phones: readonly SoakPhone[]): Promise<void> => {
  for (let n = 0; n < pace.entries; n++) await oneOf(phones).write()
  const leaving = Array.from({ length: pace.changes }, () => oneOf(phones))
  await Promise.all(
    [...new Set(leaving)].map((phone) => {
      phone.go()
      return phone.come()
    }),
  )
}

interface Watched {
  samples: Sample[]
  /** before it was collected */
  peakMb: number
}

/** Watches until `isOver`, at the machine's pace and not at that of the phones. */
const watch = async (server: ServerProcess, isOver: () => boolean): Promise<Watched> => {
  const watched: Watched = { samples: [], peakMb: 0 }
  const beganMs = performance.now()
  for (let toldS = 0; !isOver(); await sleep(sampleMs)) {
    const { rssMb: beforeMb } = await server.usage()
    const { rssMb } = await server.collectedUsage()
    const atS = (performance.now() - beganMs) / 1000
    watched.samples.push({ atS, value: rssMb })
    watched.peakMb = Math.max(watched.peakMb, beforeMb)
    if (atS < toldS) continue
    console.log(`  ${Math.round(atS)} s: ${Math.round(beforeMb)} MB, ${Math.round(rssMb)} MB collected`)
    toldS = atS + 30
  }
  return watched
}

const soak = async (
  phones: readonly SoakPhone[],
  server: ServerProcess,
  minutes: number,
): Promise<Watched> => {
  const endMs = performance.now() + minutes * 60_000
  const isOver = (): boolean => performance.now() >= endMs
  const watching = watch(server, isOver)
  while (!isOver()) {
    const nextMs = performance.now() + 1000
    await liveOn(phones)
    await sleep(Math.max(0, nextMs - performance.now()))
  }
  return watching
}

const verdictOf = ({ samples, peakMb }: Watched, met: Met, waiting: number) => {
  const half = (samples.at(-1)?.atS ?? 0) / 2
  const second = samples.filter(({ atS }) => atS >= half)
  const answersMs = met.answersMs.toSorted((a, b) => a - b)
  return {
    rssMb: Math.round(second.at(-1)?.value ?? Number.NaN),
    peakMb: Math.round(peakMb),
    driftPercent: driftPercent(second),
    written: met.written,
    unanswered: waiting + met.notTaken,
    p50Ms: percentile(answersMs, 0.5),
    p99Ms: percentile(answersMs, 0.99),
    sentAway: { ...met.sentAway },
  }
}

const run = async (dataFolder: string, minutes: number, sockets: number): Promise<boolean> => {
  const count = Math.ceil(sockets / socketsOfPhone)
  const size = { rooms: Math.ceil(count / phonesOfNetwork) + 1, clientsInRoom: phonesOfNetwork }
  console.log(`${sockets} sockets of ${count} phones in ${size.rooms - 1} networks, ${minutes} minutes`)
  const members = await settleFleet(dataFolder, size)
  const server = await startServer('ours', { ...bounds(sockets), TADAMUN_DATA: dataFolder })
  const met: Met = { written: 0, notTaken: 0, answersMs: [], sentAway: {} }
  // the last network is that of the attackers
  const attacker = members.at(-1)
  const placed = inTurns(members.filter(({ room }) => room < size.rooms - 1)).slice(0, count)
  const phones = placed.map(([member, place]) => new SoakPhone(member, place, server.port, met))
  await comeAll(phones)
  if (!attacker) throw new Error('there is a network of attackers')
  const attackers = await startAttackers(attacker, server.port, pace.attackPauseMs)
  console.log('  all are there; attacks begin')
  const watched = await soak(phones, server, minutes)
  await attackers.stop()
  await sleep(2000)
  const waiting = phones.reduce((sum, phone) => sum + phone.waiting, 0)
  const there = phones.filter(({ isThere }) => isThere).length * socketsOfPhone
  const verdict = verdictOf(watched, met, waiting)
  const isGood = verdict.driftPercent < mostDriftPercent
  const isOk = isGood && verdict.unanswered === 0 && Object.keys(met.sentAway).length === 0
  await server.stop()
  const attacks = { attacks: attackers.count, cut: attackers.cut }
  console.log(JSON.stringify({ name: 'soak', isOk, minutes, sockets: there, ...attacks, ...verdict }))
  return isOk
}

const { minutes, sockets } = readOptions()
const dataFolder = mkdtempSync(join(tmpdir(), 'tadamun-soak-'))
try {
  const isOk = await run(dataFolder, minutes, sockets)
  process.exitCode = isOk ? 0 : 1
} finally {
  rmSync(dataFolder, { recursive: true, force: true })
}
// sockets of phones are still open
process.exit()
