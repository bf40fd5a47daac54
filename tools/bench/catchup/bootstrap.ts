/**
 * What a first catch-up costs: a phone that joins a quarter of 5,000 entries, and one whose line breaks at 60 % of the answer
 * and that goes on from there.
 */
import { postToRelay } from '../../../src/sync/post.ts'
import { Phone } from '../../../tests/support/phone.ts'
import type { CountingLine, Passed } from './counting-line.ts'

/** The first request is answered whole, or breaks off there. */
const brokenShare = 0.6

export interface BootstrapFigures {
  bootstrap: {
    /** in all rooms, the roster's among them */
    entries: number
    bytes: number
    roundTrips: number
    /** of one processor, phone and relay together, on the database of the tests */
    ms: number
  }
  /** bytes of the broken and the resumed answer together, beside those of one that came whole */
  resume: { bytesRatio: number; roundTrips: number }
}

interface Joined {
  passed: Passed
  ms: number
  phone: Phone
}

const join = async (link: string, line: CountingLine, clock: { ms: number }): Promise<Joined> => {
  const way = `http://127.0.0.1:${line.port}`
  const phone = await Phone.start('وافدة', clock, {
    post: (body, closing) => postToRelay(way, body, closing),
  })
  const before = process.cpuUsage()
  const { passed } = await line.measure(async () => {
    await phone.join(link)
    // joining waits a few seconds only; what it began goes on, and the next one begins after it
    await phone.exchange()
  })
  const { user, system } = process.cpuUsage(before)
  return { passed, phone, ms: Math.round((user + system) / 1000) }
}

const heldBy = async (phone: Phone): Promise<number> =>
  (await phone.local.database.lists.toArray()).reduce((sum, { length }) => sum + length, 0)

export const measureBootstrap = async (
  link: string,
  line: CountingLine,
  clock: { ms: number },
): Promise<BootstrapFigures> => {
  const whole = await join(link, line, clock)
  line.breakAfter(Math.round(whole.passed.bytes * brokenShare))
  const broken = await join(link, line, clock)
  if (!line.hasBroken()) throw new Error('the line held')
  const entries = await heldBy(whole.phone)
  // the second has written as much as the first, and the first came before it
  if ((await heldBy(broken.phone)) < entries) throw new Error('the phone whose line broke lacks something')
  const operations = await whole.phone.local.database.operations.count()
  if (operations < 5000) throw new Error(`the phone holds ${operations} operations`)
  await whole.phone.end()
  await broken.phone.end()
  const { bytes, roundTrips } = whole.passed
  return {
    bootstrap: { entries, bytes, roundTrips, ms: whole.ms },
    resume: { bytesRatio: broken.passed.bytes / bytes, roundTrips: broken.passed.roundTrips },
  }
}
