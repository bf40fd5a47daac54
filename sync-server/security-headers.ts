/** The headers that tell a browser what the app may do: nothing but what it needs (docs: security). */

import type { OutgoingHttpHeaders } from 'node:http'

/** 'self' covers the sockets of this origin; the scheme of another one's must be named. */
const socketOrigin = (origin: string): string => origin.replace(/^http/, 'ws')

const contentSecurityPolicy = (otherRelays: readonly string[]): string =>
  [
    "default-src 'none'",
    // Argon2id, behind the app lock, is WebAssembly
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' blob: data:",
    'media-src blob:',
    ["connect-src 'self'", ...otherRelays.flatMap((origin) => [origin, socketOrigin(origin)])].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types tadamun',
  ].join('; ')

/** `otherRelays` = origins besides this one that the app may talk to. */
export const securityHeaders = (otherRelays: readonly string[]): OutgoingHttpHeaders => ({
  'content-security-policy': contentSecurityPolicy(otherRelays),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // pictures, voice and QR codes need camera and microphone; where somebody is, nobody needs to know
  'permissions-policy': 'camera=(self), microphone=(self), geolocation=(), payment=(), usb=()',
  // an invite's address must not reach another site
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
})
