/** The kinds of need that this network has added for itself: coordinators add, change and put away. */

import '../../components/styles/forms.css'
import { useState } from 'preact/hooks'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { List, ListRow } from '../../components/list-row.tsx'
import { Screen } from '../../components/screen.tsx'
import { ownCategories } from '../../hooks/own-categories.ts'
import { useMayWrite } from '../../hooks/use-status.ts'
import { useIsCoordinator } from '../../hooks/use-talk.ts'
import { t } from '../../i18n/translate.ts'
import type { CategoryRow } from '../../records/category/category.ts'
import { CategorySheet } from './category-sheet.tsx'

interface RowsProps {
  rows: readonly CategoryRow[]
  label: string
  onOpen: ((row: CategoryRow) => void) | undefined
}

const Rows = ({ rows, label, onOpen }: RowsProps) => (
  <List label={label}>
    {rows.map((row) => (
      <ListRow
        key={row.id}
        icon={row.icon}
        tone={row.archived ? 'plain' : 'act'}
        title={<Bdi>{row.word}</Bdi>}
        {...(onOpen && { onClick: () => onOpen(row) })}
      />
    ))}
  </List>
)

const CategoriesScreen = () => {
  const rows = [...ownCategories.value.values()]
  const isCoordinator = useIsCoordinator()
  const mayWrite = useMayWrite()
  /** what is open: one that is there, or a new one */
  const [open, setOpen] = useState<CategoryRow | 'new' | null>(null)
  const may = isCoordinator && mayWrite
  const onOpen = may ? setOpen : undefined
  const offered = rows.filter(({ archived }) => !archived)
  const archived = rows.filter((row) => row.archived)
  return (
    <Screen
      title={t('own.title')}
      back="/network"
      backLabel={t('nav.network')}
      under={<p class="soft">{t('own.lead')}</p>}
      {...(may && {
        actions: (
          <Button icon="add" onClick={() => setOpen('new')} wide>
            {t('own.add')}
          </Button>
        ),
      })}
    >
      {offered.length === 0 && (
        <EmptyState drawing="notebook" title={t('own.none')}>
          {t('own.noneWhy')}
        </EmptyState>
      )}
      {offered.length > 0 && <Rows rows={offered} label={t('own.title')} onOpen={onOpen} />}
      {archived.length > 0 && (
        <section class="stack tight">
          <h2>{t('own.archived')}</h2>
          <Rows rows={archived} label={t('own.archived')} onOpen={onOpen} />
        </section>
      )}
      {!may && <p class="soft">{t('own.byTeam')}</p>}
      <CategorySheet open={open} onClose={() => setOpen(null)} />
    </Screen>
  )
}

export default CategoriesScreen
