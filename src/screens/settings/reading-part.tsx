/** For those who read little or see little: how large everything is written, and whether it is read aloud. */

import { useLocalVoice } from '../../components/local-voice.ts'
import { SegmentedChoice } from '../../components/segmented-choice.tsx'
import { Toggle } from '../../components/toggle.tsx'
import { useSettings } from '../../hooks/use-settings.ts'
import { t } from '../../i18n/translate.ts'

export const ReadingPart = () => {
  const { settings, change } = useSettings()
  const voice = useLocalVoice(settings.language)
  return (
    <>
      <SegmentedChoice
        legend={t('reading.text')}
        options={[
          { value: 'usual', label: t('reading.usual') },
          { value: 'large', label: t('reading.large') },
          { value: 'largest', label: t('reading.largest') },
        ]}
        value={settings.text}
        onChange={(text) => void change({ text })}
      />
      {voice && (
        <Toggle
          label={t('reading.aloud')}
          hint={t('reading.aloudWhat')}
          checked={settings.aloud}
          onChange={(aloud) => void change({ aloud })}
        />
      )}
    </>
  )
}
