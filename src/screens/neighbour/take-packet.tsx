/** Takes a packet from the phone beside this one: its codes by the camera, or a file that came from it. */

import { useState } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { Meter } from '../../components/meter.tsx'
import { Screen } from '../../components/screen.tsx'
import { useQrReading } from '../../hooks/use-qr-parts.ts'
import { t } from '../../i18n/translate.ts'
import { ScanOrPaste } from '../scan-or-paste.tsx'

const ChooseFile = ({ onFile }: { onFile: (file: File) => void }) => (
  <label class="button ghost wide file-button">
    <Icon name="paste" />
    <span>{t('packet.openFile')}</span>
    {/* any ending: chats and Bluetooth give files other names */}
    <input
      type="file"
      class="only-heard"
      onChange={({ currentTarget }) => {
        const file = currentTarget.files?.[0]
        if (file) onFile(file)
        currentTarget.value = ''
      }}
    />
  </label>
)

export const TakePacket = ({ onPacket }: { onPacket: (packet: Uint8Array<ArrayBuffer>) => void }) => {
  const { progress, take } = useQrReading((bytes) => onPacket(new Uint8Array(bytes)))
  const [isForeign, setIsForeign] = useState(false)
  const words = progress && t('meet.progress', { done: progress.got, total: progress.count })
  const open = async (file: File) => onPacket(new Uint8Array(await file.arrayBuffer()))
  return (
    <Screen title={t('packet.take')} back="/neighbour">
      <ChooseFile onFile={(file) => void open(file)} />
      <p>{t('packet.readWhat')}</p>
      <ScanOrPaste
        label={t('packet.take')}
        onText={(text) => setIsForeign(!take(text))}
        problem={isForeign ? t('packet.noPacket') : undefined}
      />
      <div class="stack tight" aria-live="polite">
        {words !== null && progress && (
          <>
            <Meter value={progress.got} max={progress.count} label={words} />
            <p class="strong">{words}</p>
          </>
        )}
      </div>
    </Screen>
  )
}
