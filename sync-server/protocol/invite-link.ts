/**
 * What stands behind `#j=` in an invite link: the right to ask, not the network's key. base64url of
 *
 *     1 byte    version: 1, or 2 where a coordinator lets in who asks (an older app would promise too much)
 *     32 bytes  SHA-256 of genesis's public part; its first half is the network id
 *     96 bytes  the invite's P-256 key d ‖ x ‖ y
 *     varUint   expires, seconds since 1970
 *     varBytes  origin of the relay, empty for the one that serves the app
 *     varBytes  the network's name, so that the first screen can say it
 *     4 bytes   SHA-256 of all before: a link that a chat has cut short is recognised
 */

import {
  type Bytes,
  concatBytes,
  copyBytes,
  equalBytes,
  fromBase64url,
  sha256,
  toBase64url,
} from './bytes.ts'
import { idLength, type NetworkId } from './ids.ts'
import { malformed, type Reader, read } from './reader.ts'
import { fail, ok, type Result } from './result.ts'
import { Writer } from './writer.ts'

export interface InviteLink {
  network: NetworkId
  genesisHash: Bytes
  /** private part of the invite key, 32 bytes */
  d: Bytes
  x: Bytes
  y: Bytes
  expiresS: number
  /** a coordinator lets in who asks, after comparing words */
  approval: boolean
  relay: string
  networkName: string
}

const checkLength = 4
/** An origin as `URL.origin` spells it: nothing else may become an address to fetch from. */
const originPattern = /^https?:\/\/(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/
export const isRelayOrigin = (text: string): boolean => originPattern.test(text)

/** The link itself: `https://host/#j=…`. */
export const encodeInviteLink = async (
  origin: string,
  link: Omit<InviteLink, 'network'>,
): Promise<string> => {
  const body = new Writer()
    .byte(link.approval ? 2 : 1)
    .raw(link.genesisHash)
    .raw(link.d)
    .raw(link.x)
    .raw(link.y)
    .varUint(link.expiresS)
    .varText(link.relay)
    .varText(link.networkName)
    .bytes()
  const check = (await sha256(body)).slice(0, checkLength)
  return `${origin}/#j=${toBase64url(concatBytes(body, check))}`
}

const readRelay = (reader: Reader): string => {
  const relay = reader.varText(200)
  return relay === '' || isRelayOrigin(relay) ? relay : malformed('not an origin')
}

/** What the code says without its check, or null when it does not fit. */
const checkedBody = async (code: string): Promise<Bytes | null> => {
  const bytes = fromBase64url(code)
  if (!bytes) return null
  const body = copyBytes(bytes.subarray(0, -checkLength))
  return equalBytes((await sha256(body)).slice(0, checkLength), bytes.subarray(-checkLength)) ? body : null
}

/** Accepts the whole address, with whatever a chat put around it (its `_` for italics too), or only the code. */
export const decodeInviteLink = async (text: string): Promise<Result<InviteLink, 'broken'>> => {
  const code = /(?:#j=|^_?)([\w-]{180,2000})(?![\w-])/.exec(text.trim())?.[1]
  const body = code ? ((await checkedBody(code)) ?? (await checkedBody(code.replace(/_$/, '')))) : null
  if (!body) return fail('broken')
  const parsed = read(body, (reader) => {
    const version = reader.byte()
    if (version !== 1 && version !== 2) malformed('unknown version')
    const genesisHash = reader.take(32)
    const network = toBase64url(genesisHash.subarray(0, idLength)) as NetworkId
    const [d, x, y] = [reader.take(32), reader.take(32), reader.take(32)]
    const expiresS = reader.varUint()
    return {
      network,
      genesisHash,
      d,
      x,
      y,
      expiresS,
      approval: version === 2,
      relay: readRelay(reader),
      networkName: reader.varText(400),
    }
  })
  return parsed.ok ? ok(parsed.value) : fail('broken')
}
