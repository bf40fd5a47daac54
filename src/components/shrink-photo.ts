/** Makes a photo small enough for 2G, and clean: it is drawn anew, so that place, time and device of taking it are gone. */

/** Why there is no photo: `unreadable` = no picture that this browser knows. */
export type PhotoFailure = 'unreadable' | 'tooLarge'

export interface SmallPhoto {
  content: Uint8Array<ArrayBuffer>
  /** a picture of some 40 pixels; empty where none was small enough */
  thumb: Uint8Array<ArrayBuffer>
  w: number
  h: number
}

/** Greatest side in pixels and quality, from the best to the last that can be read. */
const tries = [
  [1280, 0.75],
  [1280, 0.6],
  [1024, 0.6],
  [800, 0.6],
  [800, 0.4],
  [640, 0.4],
  [480, 0.3],
] as const
const thumbTries = [
  [40, 0.5],
  [40, 0.3],
  [28, 0.3],
  [20, 0.2],
] as const

const draw = (picture: ImageBitmap, side: number): HTMLCanvasElement => {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser draws no pictures')
  // where a picture is see-through, JPEG would be black
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

const encodeAs = (canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, type, quality))

/** Safari writes no WebP and gives a PNG in its place: then JPEG. */
const encode = async (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> => {
  const webp = await encodeAs(canvas, 'image/webp', quality)
  return webp?.type === 'image/webp' ? webp : encodeAs(canvas, 'image/jpeg', quality)
}

const firstWithin = async (
  picture: ImageBitmap,
  sides: readonly (readonly [side: number, quality: number])[],
  maxBytes: number,
) => {
  for (const [side, quality] of sides) {
    const canvas = draw(picture, side)
    const blob = await encode(canvas, quality)
    if (blob && blob.size <= maxBytes)
      return { bytes: new Uint8Array(await blob.arrayBuffer()), w: canvas.width, h: canvas.height }
  }
  return null
}

/** `maxBytes` and `maxThumbBytes` bound the two pictures. */
export const shrinkPhoto = async (
  file: Blob,
  { maxBytes, maxThumbBytes }: { maxBytes: number; maxThumbBytes: number },
): Promise<SmallPhoto | PhotoFailure> => {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!picture) return 'unreadable'
  try {
    const small = await firstWithin(picture, tries, maxBytes)
    if (!small) return 'tooLarge'
    const thumb = await firstWithin(picture, thumbTries, maxThumbBytes)
    return { content: small.bytes, thumb: thumb?.bytes ?? new Uint8Array(), w: small.w, h: small.h }
  } finally {
    picture.close()
  }
}
