/** For those who pay for each megabyte: what is fetched by itself, and what only when it is asked for. */

import { StatusLine } from '../../components/status-line.tsx'
import { Toggle } from '../../components/toggle.tsx'
import { phoneSavesData } from '../../hooks/saves-data.ts'
import { useSettings } from '../../hooks/use-settings.ts'
import { t } from '../../i18n/translate.ts'

export const DataPart = () => {
  const { settings, change } = useSettings()
  return (
    <div class="stack tight">
      <Toggle
        label={t('saver.title')}
        hint={t('saver.what')}
        checked={settings.dataSaver}
        onChange={(dataSaver) => void change({ dataSaver })}
      />
      {phoneSavesData() && <StatusLine icon="info">{t('saver.phone')}</StatusLine>}
    </div>
  )
}
