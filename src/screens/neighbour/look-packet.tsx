/** What a packet holds, before anything of it is taken: from whom it is, what it brings, and what he lacks. */

import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import type { PacketView } from '../../hooks/opened-packet.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { t } from '../../i18n/translate.ts'
import { ForeignPacket } from './foreign-packet.tsx'
import { PacketCard } from './packet-card.tsx'
import { ProblemLine } from './problem-line.tsx'

interface LookPacketProps {
  packet: Uint8Array<ArrayBuffer>
  onAnswer: (packet: Uint8Array<ArrayBuffer>) => void
  /** with words for what was done, if something was */
  onDone: (words?: string) => void
}

export const LookPacket = ({ packet, onAnswer, onDone }: LookPacketProps) => {
  const { run, busy, error } = useCommand()
  const [view, setView] = useState<PacketView | null>(null)
  const [isTaken, setIsTaken] = useState(false)

  const look = async () => {
    const result = await run({ type: 'packet.look', packet })
    if (result.ok && result.value.view) setView(result.value.view)
  }
  useEffect(() => {
    setView(null)
    setIsTaken(false)
    void look()
  }, [packet])

  const take = async () => {
    const result = await run({ type: 'packet.take', packet })
    if (!result.ok || !view) return
    const { brought = view.brings, lacks = view.lacks } = result.value
    // whoever was not known before is known by the roster that came with it
    const again = await run({ type: 'packet.look', packet })
    const from = again.ok && again.value.view ? again.value.view.from : view.from
    setView({ ...view, from, brings: { ...brought, bad: view.brings.bad }, lacks })
    setIsTaken(true)
  }
  const answer = async () => {
    const result = await run({ type: 'packet.answer', packet })
    if (result.ok && result.value.packet) onAnswer(result.value.packet)
  }

  if (view && view.network !== 'here')
    return <ForeignPacket packet={packet} view={view} onOpened={() => void look()} onDone={onDone} />
  const canTake = view !== null && !isTaken && view.brings.entries + view.brings.unjudged > 0
  const canAnswer = view !== null && !canTake && view.lacks > 0
  return (
    <Screen
      title={t('packet.take')}
      back="/neighbour"
      actions={
        <>
          {canTake && (
            <Button icon="check" busy={busy} wide onClick={() => void take()}>
              {t('packet.accept')}
            </Button>
          )}
          {canAnswer && (
            <Button icon="share" busy={busy} wide onClick={() => void answer()}>
              {t('packet.answer')}
            </Button>
          )}
          {view && !canTake && !canAnswer && (
            <Button wide onClick={() => onDone()}>
              {t('packet.done')}
            </Button>
          )}
        </>
      }
    >
      <div role="status" class="stack">
        {view === null && !error && <p class="soft">{t('packet.looking')}</p>}
        {error && <ProblemLine error={error} />}
        {isTaken && (
          <StatusLine icon="check" tone="act">
            {t('packet.taken')}
          </StatusLine>
        )}
      </div>
      {view && <PacketCard view={view} isTaken={isTaken} />}
    </Screen>
  )
}
