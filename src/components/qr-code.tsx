/** A text as a QR code, dark on light in both themes, because cameras want it so. */

import './styles/invites.css'
import { useMemo } from 'preact/hooks'
import { encode } from 'uqr'

/** Quiet zone in modules (ISO/IEC 18004: four). */
const quiet = 4

interface QrCodeProps {
  text: string
  label: string
  /** as wide as the screen allows: for codes with many modules */
  large?: boolean
}

export const QrCode = ({ text, label, large = false }: QrCodeProps) => {
  const { path, size } = useMemo(() => {
    const code = encode(text, { ecc: 'L', border: quiet })
    const squares = code.data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    return { path: squares.join(''), size: code.size }
  }, [text])
  return (
    <svg
      class={large ? 'qr large' : 'qr'}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={path} />
    </svg>
  )
}
