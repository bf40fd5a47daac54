/** A voice note of a need, played from this phone or fetched when somebody wants to hear it. */

import { StatusLine } from '../components/status-line.tsx'
import { VoicePlayer } from '../components/voice-player.tsx'
import { useMedia } from '../hooks/use-media.ts'
import { t } from '../i18n/translate.ts'
import type { Voice } from '../records/need/media.ts'
import { sizeWords } from './size-words.ts'

export const VoiceNote = ({ voice, label }: { voice: Voice; label: string }) => {
  const { url, absent, coming, want } = useMedia('voice', voice, voice.mime)
  return (
    <>
      <VoicePlayer
        url={url}
        ms={voice.ms}
        peaks={voice.peaks}
        coming={coming}
        onWanted={want}
        label={label}
      />
      {absent !== null && (
        <StatusLine
          icon={absent === 'broken' ? 'warning' : 'info'}
          tone={absent === 'waits' ? 'plain' : 'wait'}
        >
          {absent === 'waits' ? t('voice.waits', { size: sizeWords(voice.bytes) }) : t(`voice.${absent}`)}
        </StatusLine>
      )}
    </>
  )
}
