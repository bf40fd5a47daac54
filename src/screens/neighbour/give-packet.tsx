/** Gives a packet to the phone beside this one: as a file by whatever connects the two, or as codes for its camera. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { QrSequence } from '../../components/qr-sequence.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { useQrParts } from '../../hooks/use-qr-parts.ts'
import { t } from '../../i18n/translate.ts'
import { sizeWords } from '../size-words.ts'
import { givePacketFile } from './packet-file.ts'

interface GivePacketProps {
  packet: Uint8Array<ArrayBuffer>
  /** what the codes say where that is not the packet itself */
  codes?: Uint8Array<ArrayBuffer>
  onDone: () => void
}

const Codes = ({ bytes }: { bytes: Uint8Array }) => {
  const parts = useQrParts(bytes)
  if (parts === undefined) return null
  if (parts === null)
    return (
      <StatusLine icon="info" tone="wait">
        {t('packet.tooMuch')}
      </StatusLine>
    )
  return <QrSequence parts={parts} label={t('packet.codes')} />
}

export const GivePacket = ({ packet, codes = packet, onDone }: GivePacketProps) => {
  const [isShowing, setIsShowing] = useState(false)
  const give = async () => {
    if (await givePacketFile(packet)) showToast(t('packet.given'), 'saved')
  }
  return (
    <Screen
      title={t('packet.give')}
      back="/neighbour"
      actions={
        isShowing ? (
          <Button icon="check" wide onClick={onDone}>
            {t('packet.done')}
          </Button>
        ) : undefined
      }
    >
      {isShowing ? (
        <>
          <p>{codes === packet ? t('packet.showWhat') : t('packet.showHas')}</p>
          <Codes bytes={codes} />
        </>
      ) : (
        <>
          <StatusLine icon="lock">{t('packet.closed', { size: sizeWords(packet.length) })}</StatusLine>
          <Button icon="scan" wide onClick={() => setIsShowing(true)}>
            {t('packet.codes')}
          </Button>
          <p class="soft">{t('packet.codesWhy')}</p>
          <Button kind="ghost" icon="share" wide onClick={() => void give()}>
            {t('packet.file')}
          </Button>
          <p class="soft">{t('packet.fileWhy')}</p>
        </>
      )}
    </Screen>
  )
}
