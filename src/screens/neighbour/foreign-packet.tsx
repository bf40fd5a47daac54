/** A packet that is not for the network on the screen: of another one of this phone, or of people whom it can only help. */

import { Button } from '../../components/button.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import type { PacketView } from '../../hooks/opened-packet.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { t } from '../../i18n/translate.ts'
import { sizeWords } from '../size-words.ts'
import { ProblemLine } from './problem-line.tsx'

interface ForeignPacketProps {
  packet: Uint8Array<ArrayBuffer>
  view: PacketView
  /** its network is on the screen now */
  onOpened: () => void
  onDone: (words?: string) => void
}

export const ForeignPacket = ({ packet, view, onOpened, onDone }: ForeignPacketProps) => {
  const { run, busy, error } = useCommand()
  const { networkId, networkName: network } = view
  const isElsewhere = view.network === 'elsewhere'
  const open = async () => {
    const result = await run({ type: 'network.use', networkId })
    if (result.ok) onOpened()
  }
  const carry = async () => {
    const result = await run({ type: 'packet.carry', packet })
    if (result.ok) onDone(t('packet.kept'))
  }
  return (
    <Screen
      title={t('packet.take')}
      back="/neighbour"
      actions={
        <Button busy={busy} wide onClick={() => void (isElsewhere ? open() : carry())}>
          {isElsewhere ? t('packet.openNetwork', { network }) : t('packet.carry')}
        </Button>
      }
    >
      <StatusLine icon="lock" tone="wait">
        <span class="strong">{isElsewhere ? t('packet.ofNetwork', { network }) : t('packet.foreign')}</span>
      </StatusLine>
      {!isElsewhere && <p>{t('packet.foreignWhat', { size: sizeWords(packet.length) })}</p>}
      <div role="alert">{error && <ProblemLine error={error} />}</div>
    </Screen>
  )
}
