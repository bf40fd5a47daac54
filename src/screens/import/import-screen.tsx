/** A table becomes needs: its columns are recognised, each row is looked over, and nothing is written before a person says so. */

import '../../components/styles/forms.css'
import '../../components/styles/records.css'
import './import.css'
import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Screen } from '../../components/screen.tsx'
import { useImport } from '../../hooks/use-import.ts'
import { useMayWrite } from '../../hooks/use-status.ts'
import { t } from '../../i18n/translate.ts'
import { ChooseFile } from './choose-file.tsx'
import { ColumnChoice } from './column-choice.tsx'
import { JobCard } from './job-card.tsx'
import type { ReadFile } from './read-file.ts'
import { TablePreview } from './table-preview.tsx'
import { useTable } from './use-table.ts'

const Table = ({
  file,
  onWrite,
}: {
  file: ReadFile
  onWrite: Parameters<typeof TablePreview>[0]['onWrite']
}) => {
  const table = useTable(file)
  return (
    <>
      <ColumnChoice file={file} columns={table.columns} onChange={table.setColumns} />
      <TablePreview table={table} file={file} onWrite={onWrite} />
    </>
  )
}

const ImportScreen = () => {
  const [file, setFile] = useState<ReadFile | null>(null)
  const { job, run, forget } = useImport()
  const mayWrite = useMayWrite()
  return (
    <Screen title={t('network.import')} back="/network" under={<p class="soft">{t('import.lead')}</p>}>
      {job && <JobCard job={job} run={run} forget={forget} />}
      {job === null && mayWrite && (
        <>
          {!file && <ChooseFile onRead={setFile} />}
          {file && (
            <div class="row spread">
              <bdi class="strong">{file.name}</bdi>
              <Button kind="quiet" compact icon="close" onClick={() => setFile(null)}>
                {t('import.another')}
              </Button>
            </div>
          )}
          {file && (
            <Table
              file={file}
              onWrite={(rows) => {
                setFile(null)
                void run(rows)
              }}
            />
          )}
        </>
      )}
      {!mayWrite && <p class="soft">{t('err.ended')}</p>}
    </Screen>
  )
}

export default ImportScreen
