/** Invite links: whole or broken, whatever a chat did to them. */
import { describe, expect, test } from 'vitest'
import { fromBase64url, sha256, toBase64url, utf8 } from '../../../sync-server/protocol/bytes.ts'
import {
  decodeInviteLink,
  encodeInviteLink,
  type InviteLink,
} from '../../../sync-server/protocol/invite-link.ts'
import { keyPairOf } from '../../support/keys.ts'
import { testTimeS } from '../../support/network.ts'

const key = await keyPairOf('link')
const genesisHash = await sha256(utf8('genesis'))
const parts: Omit<InviteLink, 'network'> = {
  genesisHash,
  d: key.d,
  x: key.raw.slice(1, 33),
  y: key.raw.slice(33),
  expiresS: testTimeS,
  approval: false,
  relay: 'https://relay.example',
  networkName: 'شبكة حيّنا',
}
const network = toBase64url(genesisHash.subarray(0, 16))
const origin = 'https://tadamun.example'
const link = await encodeInviteLink(origin, parts)
const code = link.slice(link.indexOf('#j=') + 3)
const whole = { ok: true, value: { ...parts, network } }
const broken = { ok: false, error: 'broken' }

describe('an invite link', () => {
  test('gives back what it was made of, from the whole address or the code alone', async () => {
    expect(link.startsWith(`${origin}/#j=`)).toBe(true)
    expect(await decodeInviteLink(link)).toEqual(whole)
    expect(await decodeInviteLink(code)).toEqual(whole)
  })

  test('says whether a coordinator has to let in who asks', async () => {
    const careful = await encodeInviteLink(origin, { ...parts, approval: true })
    expect(await decodeInviteLink(careful)).toEqual({
      ok: true,
      value: { ...parts, approval: true, network },
    })
  })

  test('may have any name that a network may have, and no relay', async () => {
    for (const networkName of [
      '',
      'ح',
      'حي',
      'حيّنا',
      'x'.repeat(9),
      'شبكة التضامن في حي الزهور '.repeat(8),
    ]) {
      for (const relay of ['', 'http://10.0.0.7:8787', 'https://relay.example']) {
        const made = await encodeInviteLink(origin, { ...parts, networkName, relay })
        expect(await decodeInviteLink(made)).toEqual({
          ok: true,
          value: { ...parts, networkName, relay, network },
        })
      }
    }
  })

  test('is found in the text that a chat puts around it', async () => {
    const texts = [
      `السلام عليكم، هذه دعوة إلى شبكتنا:\n${link}\nتفضّلوا`,
      `_${link}_`,
      `_${code}_`,
      `*${link}*`,
      `[20/11/2026, 10:15] هيوا: انضموا من هنا ${link}`,
      `انضموا:${link}، صالحة ٣ أيام`,
      `«${link}»`,
      `(${link})`,
      `<${link}>`,
      `*${link}*`,
      `\u200f${link}\u200f`,
      `\u202a${link}\u202c`,
      `  ${link}  \n`,
      `${link}.`,
      `${link}؟ نعم`,
      `https://other.example/page ${link} https://third.example/#j=short`,
      `\n${code}\n`,
    ]
    for (const text of texts) expect(await decodeInviteLink(text)).toEqual(whole)
  })

  test('is broken wherever it was cut', async () => {
    for (let length = 0; length < link.length; length++)
      expect(await decodeInviteLink(link.slice(0, length))).toEqual(broken)
    for (let length = 0; length < code.length; length++)
      expect(await decodeInviteLink(code.slice(0, length))).toEqual(broken)
    for (let start = 1; start < code.length; start++)
      expect(await decodeInviteLink(code.slice(start))).toEqual(broken)
  })

  test('is broken by any change of one character', async () => {
    for (let at = 0; at < code.length; at++) {
      for (const char of ['A', 'z', '_', '-', '0', ' ', '…', 'ا', '\n']) {
        if (code[at] === char) continue
        const changed = code.slice(0, at) + char + code.slice(at + 1)
        expect(await decodeInviteLink(`${origin}/#j=${changed}`)).toEqual(broken)
      }
    }
  })

  test('is broken when it says that the relay is anything but an origin of the web', async () => {
    const relays = [
      'javascript:alert(1)',
      'data:,x',
      'ftp://a.example',
      'https://',
      'relay.example',
      ' https://a.example',
    ]
    for (const relay of [
      ...relays,
      'https://a.example/path',
      'https://u:p@a.example',
      'https://a.example?q',
      'https://a\nb',
    ])
      expect(await decodeInviteLink(await encodeInviteLink(origin, { ...parts, relay }))).toEqual(broken)
  })

  test('is broken when its version is another, though the check fits', async () => {
    const body = (fromBase64url(code) as Uint8Array<ArrayBuffer>).slice(0, -4)
    body[0] = 3
    const check = (await sha256(body)).slice(0, 4)
    expect(await decodeInviteLink(toBase64url(new Uint8Array([...body, ...check])))).toEqual(broken)
  })

  test('is sought in a long text without delay', async () => {
    const long = `${'#j='.repeat(50_000)}${'a'.repeat(200_000)} ${'#j=a'.repeat(50_000)}`
    const startMs = performance.now()
    expect(await decodeInviteLink(long)).toEqual(broken)
    expect(await decodeInviteLink('a'.repeat(500_000))).toEqual(broken)
    expect(performance.now() - startMs).toBeLessThan(1000)
  })
})
