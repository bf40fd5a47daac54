/** The gallery's page: a row for each part, in it the same part from both directions and in both themes. */

import './gallery.css'
import { type PartName, parts } from './parts.tsx'

const looks = [
  ['ar', 'light'],
  ['ar', 'dark'],
  ['en', 'light'],
  ['en', 'dark'],
] as const

/** In a frame: makes it as high as what it shows; what fills a window by itself keeps a phone's height. */
export const fitFrame = (isWhole: boolean): void => {
  const frame = window.frameElement as HTMLIFrameElement | null
  if (!frame || isWhole) return
  new ResizeObserver(() => {
    frame.style.blockSize = `${document.body.scrollHeight}px`
  }).observe(document.body)
}

export const Frames = () => (
  <main class="gallery-frames">
    {(Object.keys(parts) as PartName[]).map((part) => (
      <section key={part}>
        <h2>{parts[part].says}</h2>
        <div class="gallery-row">
          {looks.map(([lang, theme]) => (
            <iframe
              key={lang + theme}
              title={`${parts[part].says}, ${lang}, ${theme}`}
              src={`?${new URLSearchParams({ part, lang, theme })}`}
              loading="lazy"
            />
          ))}
        </div>
      </section>
    ))}
  </main>
)
