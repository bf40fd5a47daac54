/** `npm start`: builds the app if need be, runs the relay that serves it, and says how to open it. */
import { resolve } from 'node:path'
import { choosePort, runRelay, stopWith } from './app-server.ts'
import { buildIfNeeded } from './build.ts'
import { root } from './root.ts'

function welcome(port: number, dataFolder: string): string {
  return `
Tadamun is running.

  On this computer:  http://localhost:${port}

  On a phone by USB cable (USB debugging on):
    adb reverse tcp:${port} tcp:${port}
    then open http://localhost:${port} on the phone

  On phones of other people: a real domain with HTTPS, see README.md.
  A plain http address such as http://192.168.… does not work on a phone: the browser
  gives neither encryption nor offline work to pages without HTTPS.

  Data is kept in ${dataFolder}. Stop with Ctrl+C.
`
}

const port = await choosePort('npm start')
const dataFolder = resolve(root, process.env.TADAMUN_DATA || 'data')
if (!buildIfNeeded()) stopWith('The app could not be built; the message above says why.')
await runRelay(port, dataFolder)
console.log(welcome(port, dataFolder))
