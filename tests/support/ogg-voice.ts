/** A voice message as messengers write them: Opus in Ogg (RFC 3533, RFC 7845), one page a second, of silence. */

/** 20 ms of silence: CELT, full band, mono. */
const silence = Uint8Array.of(0xf8, 0xff, 0xfe)
const packetsPerPage = 50
const samplesPerPacket = 960
const lead = 312

const table = Array.from({ length: 256 }, (_, i) => {
  let value = i << 24
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value >>> 0
})
const checksum = (bytes: Uint8Array): number =>
  bytes.reduce((sum, byte) => ((sum << 8) ^ (table[((sum >>> 24) ^ byte) & 255] ?? 0)) >>> 0, 0)

const page = (packets: readonly Uint8Array[], number: number, samples: number, flags: number): Uint8Array => {
  const head = new Uint8Array(27 + packets.length)
  const view = new DataView(head.buffer)
  head.set(new TextEncoder().encode('OggS'))
  head[5] = flags
  view.setBigInt64(6, BigInt(samples), true)
  view.setUint32(14, 7, true)
  view.setUint32(18, number, true)
  head[26] = packets.length
  head.set(
    packets.map(({ length }) => length),
    27,
  )
  const bytes = Buffer.concat([head, ...packets])
  bytes.writeUInt32LE(checksum(bytes), 22)
  return bytes
}

/** A mono recording of so many seconds. */
export const oggVoice = (seconds: number): Buffer => {
  const opusHead = Buffer.alloc(19)
  opusHead.write('OpusHead')
  opusHead[8] = 1
  opusHead[9] = 1
  opusHead.writeUInt16LE(lead, 10)
  opusHead.writeUInt32LE(16_000, 12)
  const tags = Buffer.concat([Buffer.from('OpusTags'), Buffer.alloc(8)])
  const pages = [page([opusHead], 0, 0, 2), page([tags], 1, 0, 0)]
  for (let i = 1; i <= seconds; i++) {
    const samples = lead + i * packetsPerPage * samplesPerPacket
    pages.push(page(Array(packetsPerPage).fill(silence), i + 1, samples, i === seconds ? 4 : 0))
  }
  return Buffer.concat(pages)
}
