/** Finds QR codes in a picture: by the browser where it can, else by a decoder that is fetched when it is needed. */

/** https://developer.mozilla.org/docs/Web/API/BarcodeDetector: Chrome on Android with Play Services, not elsewhere. */
interface Detector {
  detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]>
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

/** The text of a code in the video's present picture, null when none is seen. */
export type QrReader = (video: HTMLVideoElement) => Promise<string | null>

const nativeReader = async (): Promise<QrReader | null> => {
  const Native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (!Native || !(await Native.getSupportedFormats()).includes('qr_code')) return null
  const detector = new Native({ formats: ['qr_code'] })
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? null
}

/** Enough for 85 modules across half of the picture, and little enough for a phone of 2 GB. */
const widestPx = 720

const decodingReader = async (): Promise<QrReader> => {
  const { decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const drawing = canvas.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    const { videoWidth, videoHeight } = video
    if (!drawing || videoWidth === 0) return null
    const scale = Math.min(1, widestPx / Math.max(videoWidth, videoHeight))
    const [width, height] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)]
    canvas.width = width
    canvas.height = height
    drawing.drawImage(video, 0, 0, width, height)
    try {
      return decodeQR(drawing.getImageData(0, 0, width, height))
    } catch {
      // its way to say that there is none: nothing went wrong, the next picture comes
      return null
    }
  }
}

/** Rejects when the decoder cannot be fetched. */
export const createQrReader = async (): Promise<QrReader> => (await nativeReader()) ?? decodingReader()
