/** The table to be taken in, from the files of the phone. */

import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { t } from '../../i18n/translate.ts'
import { lexiconNow } from '../lexicon.ts'
import { type FileError, type ReadFile, readFile } from './read-file.ts'

export const ChooseFile = ({ onRead }: { onRead: (file: ReadFile) => void }) => {
  const [error, setError] = useState<FileError | null>(null)
  useEffect(() => {
    const timer = setTimeout(lexiconNow, 300)
    return () => clearTimeout(timer)
  }, [])
  const take = async (file: File | undefined) => {
    if (!file) return
    setError(null)
    const read = await readFile(file)
    if (read.ok) onRead(read.value)
    else setError(read.error)
  }
  return (
    <div class="field">
      <label class="button ghost file-button">
        <Icon name="paste" />
        <span>{t('import.choose')}</span>
        <input
          type="file"
          class="only-heard"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain,application/vnd.ms-excel"
          onChange={({ currentTarget }) => {
            // the same file again is a new try
            void take(currentTarget.files?.[0]).finally(() => {
              currentTarget.value = ''
            })
          }}
        />
      </label>
      <p class="field-hint">{t('import.chooseHint')}</p>
      <div role="alert">
        {error && (
          <StatusLine icon="warning" tone="urgent">
            {t(`import.${error}`)}
          </StatusLine>
        )}
      </div>
    </div>
  )
}
