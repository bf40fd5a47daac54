/** `npm run demo`: as `npm start`, with a quarter that has been using the app for a week, and a link to join it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { choosePort, runRelay, stopWith } from './app-server.ts'
import { buildIfNeeded } from './build.ts'
import { answerVisitors } from './demo/answer-visitors.ts'
import { quarter } from './demo/quarter.ts'
import { settleQuarter } from './demo/settle-quarter.ts'

const invite = { role: 'member', hours: 12, uses: 20, approval: false } as const

const welcome = (link: string): string => `
The demo is running: ${quarter.needCount} needs and ${quarter.offerCount} offers of ${quarter.people.length} neighbours.

  1. Open this invite in a browser and write a name:

     ${link}

  2. Open it once more in a private window or in another browser, under another name.
  3. Add a need in one of them. It appears in the other, and a neighbour soon takes it.
     Then switch the network off in one, write there, and switch it on again.

  On a phone by USB cable: adb reverse tcp:${port} tcp:${port}, then open the link on the phone.
  The invite lets in ${invite.uses} phones within ${invite.hours} hours. Stop with Ctrl+C: the relay then forgets this network.
`

const port = await choosePort('npm run demo')
if (!buildIfNeeded()) stopWith('The app could not be built; the message above says why.')

const dataFolder = mkdtempSync(join(tmpdir(), 'tadamun-demo-'))
process.on('exit', () => rmSync(dataFolder, { recursive: true, force: true }))
// a signal that nobody hears ends the process without 'exit'; later runRelay hears them
const leave = () => process.exit(1)
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
for (const signal of signals) process.on(signal, leave)
const origin = `http://localhost:${port}`
console.log('The neighbours write down their week…')
const neighbours = await settleQuarter(dataFolder, origin)
for (const signal of signals) process.off(signal, leave)
await runRelay(port, dataFolder)
const { link } = (await neighbours[0]?.run({ type: 'invite.make', ...invite, origin })) ?? {}
if (!link) stopWith('The relay did not take the invite.')
console.log(welcome(link))
await answerVisitors(neighbours)
