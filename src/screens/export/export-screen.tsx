/** A list of needs to take along: for a wall, a round of visits or a table program; without names unless somebody answers for it. */

import '../../components/styles/forms.css'
import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Icon } from '../../components/icon.tsx'
import { Meter } from '../../components/meter.tsx'
import { Screen } from '../../components/screen.tsx'
import { SegmentedChoice } from '../../components/segmented-choice.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { Toggle } from '../../components/toggle.tsx'
import { useBoardAreas, useWholeBoard } from '../../hooks/use-board.ts'
import { useIsCoordinator } from '../../hooks/use-talk.ts'
import { errorWords, fieldError } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import type { NeedFilter } from '../../records/board/need-filter.ts'
import { exportNoteLimits } from '../../records/export-note/export-note.ts'
import { ExportNotes } from './export-notes.tsx'
import { filterWords, ListFilter } from './list-filter.tsx'
import { MadeListCard } from './made-list.tsx'
import { useMadeList } from './use-made-list.ts'

const ExportScreen = () => {
  useWholeBoard(true)
  const areas = useBoardAreas()
  const isCoordinator = useIsCoordinator()
  const [of, setOf] = useState<'needs' | 'offers'>('needs')
  const [filter, setFilter] = useState<NeedFilter>({})
  const [kind, setKind] = useState<'plain' | 'full'>('plain')
  const [withTitles, setWithTitles] = useState(false)
  const [reason, setReason] = useState('')
  const { list, part, error, make, forget } = useMadeList()
  const isFull = isCoordinator && kind === 'full'
  /** What was made is of what was chosen then. */
  const change = (chosen: () => void) => {
    forget()
    chosen()
  }
  return (
    <Screen
      title={t('network.export')}
      back="/network"
      under={<p class="soft">{t('export.lead')}</p>}
      actions={
        <Button
          wide
          busy={part !== null}
          onClick={() => void make({ of, filter, isFull, withTitles: isFull || withTitles, reason })}
        >
          {t('export.make')}
        </Button>
      }
    >
      <SegmentedChoice
        legend={t('export.of')}
        value={of}
        options={[
          { value: 'needs', label: t('nav.board') },
          { value: 'offers', label: t('export.offers') },
        ]}
        onChange={(chosen) => change(() => setOf(chosen))}
      />
      {isCoordinator && (
        <SegmentedChoice
          legend={t('export.what')}
          value={kind}
          options={[
            { value: 'plain', label: t('export.plain'), icon: 'shield' },
            { value: 'full', label: t('export.full'), icon: 'warning', tone: 'urgent' },
          ]}
          onChange={(chosen) => change(() => setKind(chosen))}
        />
      )}
      {isFull ? (
        <>
          <StatusLine icon="warning" tone="urgent">
            {t('export.fullWhat')}
          </StatusLine>
          <Field
            label={t('export.why')}
            hint={t('export.whyHint')}
            value={reason}
            max={exportNoteLimits.reasonChars}
            error={fieldError(error, 'reason')}
            onInput={(words) => change(() => setReason(words))}
          />
        </>
      ) : (
        <>
          <StatusLine icon="shield">{t('export.plainWhat')}</StatusLine>
          <Toggle
            label={t('export.withTitles')}
            hint={t('export.withTitlesWhat')}
            checked={withTitles}
            onChange={(on) => change(() => setWithTitles(on))}
          />
        </>
      )}
      {of === 'needs' && (
        <details class="card contact-fields">
          <summary>
            <span class="record-words">
              <span class="strong">{t('export.which')}</span>
              <span class="soft">{filterWords(filter, areas)}</span>
            </span>
            <Icon name="unfold" />
          </summary>
          <div class="stack">
            <ListFilter filter={filter} onChange={(chosen) => change(() => setFilter(chosen))} />
          </div>
        </details>
      )}
      <div role="status" class="stack">
        {part !== null && <Meter value={part} max={1} label={t('export.reading')} />}
        {error && !fieldError(error, 'reason') && <p class="field-error">{errorWords(error)}</p>}
        {list && <MadeListCard list={list} />}
      </div>
      <ExportNotes />
    </Screen>
  )
}

export default ExportScreen
