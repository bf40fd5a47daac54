/** Loaded before a server that is measured: says what it has used of processor and memory when its parent asks. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

process.on('message', (word) => {
  // first what is dead goes, so that what is left is what is needed
  if (word === 'collected') collect()
  process.send?.({ ...process.cpuUsage(), rss: process.memoryUsage.rss() })
})
// the parent that went away asks no more
process.on('disconnect', () => process.exit(0))
