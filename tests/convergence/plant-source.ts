/** `node --import THIS`: loads one source file with the fault in it that `TADAMUN_PLANT` names. */

import { registerHooks } from 'node:module'
import { plantedSources } from './planted-sources.ts'

const wanted = plantedSources.find(({ name }) => name === process.env.TADAMUN_PLANT)
if (!wanted) throw new Error(`no planted fault is called ${process.env.TADAMUN_PLANT}`)
const { href } = new URL(`../../${wanted.file}`, import.meta.url)

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (url !== href) return loaded
    const pieces = String(Buffer.from(loaded.source as Uint8Array)).split(wanted.from)
    if (pieces.length !== 2) throw new Error(`${wanted.file} has «${wanted.from}» ${pieces.length - 1} times`)
    return { ...loaded, source: pieces.join(wanted.to) }
  },
})
