/** Pictures and a voice note of a need: what stands in the record. The sealed bytes travel beside it, as blobs [R31]. */

import * as v from 'valibot'

export const mediaLimits = {
  photos: 3,
  /** of one picture before it is sealed */
  photoBytes: 120 * 1024,
  /** of the small one inside the record: three fit into an entry with all words */
  thumbBytes: 1024,
  voiceMs: 60_000,
  /** some phones write more than they are asked to */
  voiceBytes: 480 * 1024,
  peaks: 48,
  saidChars: 1000,
} as const

const bytesUpTo = (max: number) =>
  v.pipe(v.instance<typeof Uint8Array<ArrayBuffer>>(Uint8Array), v.maxLength(max))
const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max))

const sealed = {
  /** SHA-256 of the sealed bytes, base64url */
  id: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
  /** of AES-256-GCM, for this blob only */
  key: v.pipe(v.instance<typeof Uint8Array<ArrayBuffer>>(Uint8Array), v.length(32)),
}

const photoSchema = v.object({
  ...sealed,
  /** a picture of some 40 pixels; empty where none was small enough */
  thumb: bytesUpTo(mediaLimits.thumbBytes),
  w: count(10_000),
  h: count(10_000),
  bytes: count(mediaLimits.photoBytes),
})

const mimePattern = /^audio\/[\w.+-]{1,20}(;[ ]?codecs="?[\w.]{1,20}"?)?$/
/** What a recorder says that it wrote, as the record may say it. */
export const voiceMime = (said: string): string => {
  const mime = said.replace(/\s/g, '')
  if (mimePattern.test(mime)) return mime
  const [kind = ''] = mime.split(';')
  return mimePattern.test(kind) ? kind : 'audio/webm'
}

const voiceSchema = v.object({
  ...sealed,
  ms: count(mediaLimits.voiceMs + 5000),
  /** loudness along the way, each 0 to 255 */
  peaks: bytesUpTo(mediaLimits.peaks),
  mime: v.pipe(v.string(), v.regex(mimePattern)),
  bytes: count(mediaLimits.voiceBytes),
})

export type Photo = v.InferOutput<typeof photoSchema>
export type Voice = v.InferOutput<typeof voiceSchema>

export const needMediaFields = {
  photos: v.optional(v.pipe(v.array(photoSchema), v.maxLength(mediaLimits.photos)), []),
  voice: v.optional(v.nullable(voiceSchema), null),
  /** what the voice note says, in writing */
  said: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(mediaLimits.saidChars)), ''),
}
