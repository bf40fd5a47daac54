/** By which part of its address a visitor is counted [R32]; kept in memory only, never written anywhere. */

import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

/** One household has a whole /64 of IPv6: the first four groups. */
const firstHalfOfIPv6 = (address: string): string => {
  const [before = '', after] = address.split('::', 2)
  const head = before.split(':').filter((group) => group !== '')
  const tail = (after ?? '').split(':').filter((group) => group !== '')
  const zeros = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length)
  return [...head, ...Array.from({ length: zeros }, () => '0'), ...tail].slice(0, 4).join(':')
}

/** Behind a proxy the last address in X-Forwarded-For is the one that the proxy saw. */
export const addressKey = (request: IncomingMessage, isBehindProxy: boolean): string => {
  const forwarded = isBehindProxy
    ? String(request.headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : ''
  const address = forwarded || request.socket.remoteAddress || ''
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  return isIPv6(plain) ? firstHalfOfIPv6(plain) : plain
}
