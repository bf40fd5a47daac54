/** Language, digits, colours, how it is read, how much of the internet it takes, and whether the browser keeps what is written here. */

import '../../components/styles/forms.css'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { InstallSteps } from '../../components/install-steps.tsx'
import { LanguageChoice } from '../../components/language-choice.tsx'
import { Screen } from '../../components/screen.tsx'
import { SegmentedChoice } from '../../components/segmented-choice.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { useDoor } from '../../hooks/door.ts'
import { useNetwork } from '../../hooks/use-network.ts'
import { useSettings } from '../../hooks/use-settings.ts'
import { useStorage } from '../../hooks/use-storage.ts'
import { writeDigits } from '../../i18n/digits.ts'
import { formatNumber, t } from '../../i18n/translate.ts'
import { laterPart } from '../later-part.tsx'

const ReadingPart = laterPart(() => import('./reading-part.tsx').then((parts) => parts.ReadingPart))

const DataPart = laterPart(() => import('./data-part.tsx').then((parts) => parts.DataPart))

const sample = '123'
const bytesInMegabyte = 1024 * 1024

/** «٣٫٤ MB»: one decimal, in the digits that are set. */
const sizeWords = (bytes: number): string => {
  const megabytes = Math.max(0.1, Math.round((bytes / bytesInMegabyte) * 10) / 10)
  return t('settings.megabytes', { size: formatNumber(megabytes) })
}

const Keeping = () => {
  const { storage, persist } = useStorage()
  const { install } = useDoor()
  const ask = async () => {
    if (!(await persist())) showToast(t('settings.persistNo'), 'info')
  }
  return (
    <Card as="section">
      <h2>{t('settings.storage')}</h2>
      {storage.persisted === true && (
        <StatusLine icon="check" tone="act">
          {t('settings.persisted')}
        </StatusLine>
      )}
      {storage.persisted === false && (
        <>
          <StatusLine icon="info" tone="wait">
            {t('settings.notPersisted')}
          </StatusLine>
          <Button kind="ghost" icon="storage" onClick={() => void ask()}>
            {t('settings.persistAct')}
          </Button>
        </>
      )}
      {storage.usedBytes !== null && (
        <p class="soft">{t('settings.used', { size: sizeWords(storage.usedBytes) })}</p>
      )}
      {install.value && (
        <Button kind="ghost" icon="install" onClick={() => void install.peek()?.()}>
          {t('sto.install')}
        </Button>
      )}
      <InstallSteps />
    </Card>
  )
}

export default function SettingsScreen() {
  const { settings, change } = useSettings()
  const back = useNetwork() ? '/network' : '/'
  return (
    <Screen title={t('settings.title')} back={back}>
      <LanguageChoice
        seenLegend
        value={settings.language}
        onChange={(language) => void change({ language })}
      />
      <SegmentedChoice
        legend={t('settings.digits')}
        options={[
          { value: 'arabic', label: writeDigits(sample, 'arabic'), heard: t('settings.digitsArabic') },
          { value: 'latin', label: sample, heard: t('settings.digitsLatin') },
        ]}
        value={settings.digits}
        onChange={(digits) => void change({ digits })}
      />
      <div class="thirds">
        <SegmentedChoice
          legend={t('settings.theme')}
          options={[
            { value: 'system', label: t('settings.themeSystem'), icon: 'system' },
            { value: 'light', label: t('settings.themeLight'), icon: 'light' },
            { value: 'dark', label: t('settings.themeDark'), icon: 'dark' },
          ]}
          value={settings.theme}
          onChange={(theme) => void change({ theme })}
        />
      </div>
      <ReadingPart />
      <DataPart />
      <Keeping />
      <p class="soft">
        {t('app.name')} ·{' '}
        {t('app.version', { version: writeDigits(import.meta.env.APP_VERSION, settings.digits) })}
      </p>
    </Screen>
  )
}
