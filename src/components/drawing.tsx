/** Small line drawings of our own for pages that are empty or new: a notebook, two houses, a hand, a door. */

import type { JSX } from 'preact'

const notebook = (
  <>
    <ellipse class="wash" cx="76" cy="94" rx="62" ry="9" />
    <path class="sheet" d="M44 18h60a6 6 0 0 1 6 6v62a6 6 0 0 1-6 6H44a6 6 0 0 1-6-6V24a6 6 0 0 1 6-6Z" />
    <path d="M100 18v74M110 32h5M110 48h5M110 64h5M110 80h5" />
    <path d="M88 36H60M88 50H50M88 64H66" />
    <path class="warm" d="m46 78 5 5 9-10" />
  </>
)

const houses = (
  <>
    <ellipse class="wash" cx="76" cy="94" rx="68" ry="9" />
    <path class="sheet" d="M14 92V52l24-20 24 20v40Z" />
    <path class="sheet" d="M90 92V46l24-20 24 20v46Z" />
    <path d="M31 92V74h14v18M107 92V72h14v20M107 52h14" />
    <path class="warm" d="M62 62c8-9 20-9 28 0" stroke-dasharray="1 6" />
    <path class="warm-wash" d="M76 44c-3-5-10-3-9 3 1 4 5 7 9 10 4-3 8-6 9-10 1-6-6-8-9-3Z" />
  </>
)

const arrived = (
  <>
    <ellipse class="wash" cx="76" cy="94" rx="62" ry="9" />
    <path class="sheet" d="M58 14h36a6 6 0 0 1 6 6v66a6 6 0 0 1-6 6H58a6 6 0 0 1-6-6V20a6 6 0 0 1 6-6Z" />
    <path d="M70 84h12" />
    <path d="m63 48 8 8 17-19" />
    <path class="warm" d="M110 36c8 8 8 24 0 32M42 36c-8 8-8 24 0 32" stroke-dasharray="1 6" />
  </>
)

const door = (
  <>
    <ellipse class="wash" cx="76" cy="94" rx="62" ry="9" />
    <path class="sheet" d="M48 92V34a28 28 0 0 1 56 0v58Z" />
    <path class="warm-wash" d="M62 92V38a14 14 0 0 1 28 0v54Z" />
    <path d="M40 92h72M68 66h.01" />
    <path class="warm" d="M22 70h14M116 70h14M28 50l10 5M124 50l-10 5" />
  </>
)

const drawings = { notebook, houses, arrived, door } satisfies Record<string, JSX.Element>

export type DrawingName = keyof typeof drawings

export const Drawing = ({ name }: { name: DrawingName }) => (
  <svg class="drawing" viewBox="0 0 152 106" aria-hidden="true">
    {drawings[name]}
  </svg>
)
