/** Makes a packet of all that this phone holds; where that is too much for codes, they say what it has, and are answered. */

import { useEffect, useState } from 'preact/hooks'
import { Screen } from '../../components/screen.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { t } from '../../i18n/translate.ts'
import { GivePacket } from './give-packet.tsx'
import { ProblemLine } from './problem-line.tsx'

/** As much as a camera reads in about twenty seconds: five codes a second of 560 bytes each. */
const maxCodesBytes = 48 * 1024

interface Made {
  whole: Uint8Array<ArrayBuffer>
  /** what this phone has, without any of it: null where all of it goes by codes */
  has: Uint8Array<ArrayBuffer> | null
}

export const MakePacket = ({ onDone }: { onDone: () => void }) => {
  const { run, error } = useCommand()
  const [made, setMade] = useState<Made | null>(null)
  useEffect(() => {
    let isShown = true
    const make = async (whole: boolean) => {
      const result = await run({ type: 'packet.make', whole })
      return result.ok ? (result.value.packet ?? null) : null
    }
    const makeBoth = async () => {
      const whole = await make(true)
      const has = whole && whole.length > maxCodesBytes ? await make(false) : null
      if (whole && isShown) setMade({ whole, has })
    }
    void makeBoth()
    return () => {
      isShown = false
    }
  }, [])
  if (made) return <GivePacket packet={made.whole} codes={made.has ?? made.whole} onDone={onDone} />
  return (
    <Screen title={t('packet.give')} back="/neighbour">
      <div role="status">
        {error ? <ProblemLine error={error} /> : <p class="soft">{t('packet.making')}</p>}
      </div>
    </Screen>
  )
}
