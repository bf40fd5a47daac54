/** Small line drawings of our own for pages that are empty or new: a notebook, two houses, a hand, a door, a browser's menu. */

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
    <ellipse class="wash" cx="76" cy="94" rx="70" ry="9" />
    <path class="sheet" d="M8 93V56l21-18 21 18v37Z" />
    <path class="sheet" d="M46 93V40l30-25 30 25v53Z" />
    <path class="sheet" d="M102 93V60l20-17 20 17v33Z" />
    <path d="M23 93V76h12v17M115 93V78h13v15M68 93V70h16v23M22 60h14M116 63h12" />
    <path class="warm-wash" d="M76 56c-13-9-17-14-14-19 3-5 11-4 14 2 3-6 11-7 14-2 3 5-1 10-14 19Z" />
    <path class="warm" d="M18 24c3-6 3-6 6 0M130 28c3-6 3-6 6 0M118 14c3-6 3-6 6 0" />
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

/** Where a chat app has «open in the browser»: three dots at the end of its bar, and the line with the globe below them. */
const menu = (
  <>
    <path class="sheet" d="M30 6h92a6 6 0 0 1 6 6v82a6 6 0 0 1-6 6H30a6 6 0 0 1-6-6V12a6 6 0 0 1 6-6Z" />
    <path d="M24 30h104M72 18h42" />
    <circle class="warm-wash" cx="40" cy="18" r="9" />
    <path class="warm" d="M40 13.5h.01M40 18h.01M40 22.5h.01" />
    <path class="sheet" d="M38 40h62a5 5 0 0 1 5 5v42a5 5 0 0 1-5 5H38a5 5 0 0 1-5-5V45a5 5 0 0 1 5-5Z" />
    <path d="M60 53h34" />
    <path class="warm-wash" d="M33 63h72v21H33Z" />
    <circle class="warm" cx="92" cy="73.5" r="6" />
    <path class="warm" d="M86 73.5h12M92 67.5c-4 4-4 8 0 12 4-4 4-8 0-12M46 73.5h32" />
  </>
)

const drawings = { notebook, houses, arrived, door, menu } satisfies Record<string, JSX.Element>

export type DrawingName = keyof typeof drawings

export const Drawing = ({ name }: { name: DrawingName }) => (
  <svg class={`drawing ${name}`} viewBox="0 0 152 106" aria-hidden="true">
    {drawings[name]}
  </svg>
)
