/** What another app shares comes as a form: words go to the page behind the #, files into a cache, and no relay sees either. */

import {
  receivedPacketCache,
  receivedPacketPath,
  sharedFileDaysMs,
  sharedFilePath,
  sharedFilesCache,
} from '../storage/schema.ts'

/** Longer than any message; the screen reads no more. */
const maxChars = 20_000
/** As many as one need holds: three pictures and a voice note. */
const maxFiles = 4
/** More than the largest photo of a phone; what a need keeps of it is far smaller. */
const maxFileBytes = 24 * 1024 * 1024
/** As in sync-server/protocol/limits.ts, which would bring along what a service worker does not need. */
const maxPacketBytes = 8 * 1024 * 1024
/** Any page on the web can send a form here: it fills no phone. What waits stays; what comes then is said to be left out. */
const maxWaiting = 8

const fieldOf = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

const textOf = (form: FormData): string => {
  const parts = ['title', 'text', 'url'].map((name) => fieldOf(form, name)).filter((part) => part !== '')
  // many apps say the same in two of the three
  const told = parts.filter(
    (part, i) => !parts.some((other, j) => j !== i && other.includes(part) && (other !== part || j < i)),
  )
  return told
    .join('\n')
    .slice(0, maxChars)
    .replace(/[\uD800-\uDBFF]$/, '')
}

const isTakeable = ({ type, size }: File): boolean =>
  /^(image\/|audio\/|application\/ogg)/.test(type) && size <= maxFileBytes

/** Gives how many are here now, the first of them. */
const keep = async (files: readonly File[]): Promise<number> => {
  const cache = await caches.open(sharedFilesCache)
  const nowMs = Date.now()
  for (const { url } of await cache.keys()) {
    const cameMs = Number.parseInt(new URL(url).pathname.slice(sharedFilePath.length), 10)
    if (!(nowMs - cameMs < sharedFileDaysMs)) await cache.delete(url)
  }
  const room = Math.max(0, maxWaiting - (await cache.keys()).length)
  const taken = files.slice(0, room)
  for (const [i, file] of taken.entries()) {
    const headers = { 'content-type': file.type }
    // two shares of one moment: neither takes the other's place
    await cache.put(`${sharedFilePath}${nowMs}-${i}-${crypto.randomUUID()}`, new Response(file, { headers }))
  }
  return taken.length
}

/** How many of the files are not here now: too many, too large, of another kind, or no room on the phone. */
const keepFiles = async (files: readonly File[]): Promise<number> => {
  const taken = files.filter(isTakeable).slice(0, maxFiles)
  try {
    return files.length - (await keep(taken))
  } catch (reason) {
    console.warn('shared files are not kept', reason)
    return files.length
  }
}

/** A packet from another phone begins so (sync-server/protocol/packet.ts), whatever its name has become on the way. */
const isPacket = async (file: File): Promise<boolean> =>
  file.size <= maxPacketBytes && (await file.slice(0, 3).text()) === 'TDP'

const keepPacket = async (file: File): Promise<void> => {
  const cache = await caches.open(receivedPacketCache)
  await cache.put(receivedPacketPath, new Response(file))
}

/** Sends the browser on to the screen that reads messages, or to the form of a need; names as in tools/web-manifest.ts. */
export const answerShare = async (request: Request): Promise<Response> => {
  const form = await request.formData().catch((reason: unknown) => {
    console.warn('what was shared cannot be read', reason)
    return new FormData()
  })
  const words = `#t=${encodeURIComponent(textOf(form))}`
  const files = form.getAll('media').filter((part) => part instanceof File && part.size > 0) as File[]
  if (files.length === 0) return Response.redirect(`/paste${words}`, 303)
  const [first] = files
  if (first && (await isPacket(first))) {
    await keepPacket(first)
    return Response.redirect('/neighbour', 303)
  }
  const left = await keepFiles(files)
  return Response.redirect(`/add/need?from=share${left > 0 ? `&left=${left}` : ''}${words}`, 303)
}
