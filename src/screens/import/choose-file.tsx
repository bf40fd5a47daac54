/** The table to be taken in, from the files of the phone. */

import { useEffect, useId, useState } from 'preact/hooks'
import { StatusLine } from '../../components/status-line.tsx'
import { t } from '../../i18n/translate.ts'
import { type FileError, type ReadFile, readFile } from './read-file.ts'
import { lexiconOnce } from './reading-table.ts'

export const ChooseFile = ({ onRead }: { onRead: (file: ReadFile) => void }) => {
  const id = useId()
  const [error, setError] = useState<FileError | null>(null)
  useEffect(() => {
    const timer = setTimeout(lexiconOnce, 300)
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
      <label for={id}>{t('import.choose')}</label>
      <input
        id={id}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain,application/vnd.ms-excel"
        onChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
      />
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
