/** The word and the drawing of one category, and the way into the archive and back. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Sheet } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { IconChoice } from '../../components/icon-choice.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { errorWords, fieldError } from '../../i18n/error-words.ts'
import { fold } from '../../i18n/fold.ts'
import { t } from '../../i18n/translate.ts'
import { isCategoryKey } from '../../records/categories.ts'
import { type CategoryRow, categoryIcons, categoryLimits } from '../../records/category/category.ts'
import { categoryWord, searchedCategories } from '../category-words.ts'

type Icon = CategoryRow['icon']

const iconWord = (icon: Icon): string => (isCategoryKey(icon) ? t(`cat.${icon}`) : t(`draw.${icon}`))

/** The same word, however it is written, would stand on the form twice. */
const isTaken = (word: string, self: string | undefined): boolean =>
  searchedCategories().some((key) => key !== self && fold(categoryWord(key)) === fold(word))

interface CategorySheetProps {
  open: CategoryRow | 'new' | null
  onClose: () => void
}

const Typed = ({ row, onClose }: { row: CategoryRow | undefined; onClose: () => void }) => {
  const { run, busy, error } = useCommand()
  const [word, setWord] = useState(row?.word ?? '')
  const [icon, setIcon] = useState<Icon>(row?.icon ?? 'other')
  const [taken, setTaken] = useState(false)
  // the button is a screen below the word
  const [tries, setTries] = useState(0)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [tries])
  const done = (ok: boolean, words: string) => {
    if (!ok) return
    onClose()
    showToast(words, 'check')
  }
  const save = async () => {
    const isSame = isTaken(word, row?.id)
    setTaken(isSame)
    setTries(tries + 1)
    if (isSame) return
    const result = row
      ? await run({ type: 'category.edit', id: row.id, changes: { word, icon } })
      : await run({ type: 'category.add', word, icon })
    setTries(tries + 2)
    done(result.ok, t(row ? 'own.changed' : 'own.added'))
  }
  const move = async (id: string, archived: boolean) => {
    const result = await run({ type: 'category.edit', id, changes: { archived } })
    done(result.ok, t(archived ? 'own.wentAway' : 'own.wentBack'))
  }
  const wordError = taken ? t('own.exists') : fieldError(error, 'word')
  return (
    <form
      ref={form}
      class="stack roomy"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field
        label={t('own.word')}
        hint={t('own.wordHint')}
        value={word}
        max={categoryLimits.wordChars}
        error={wordError ?? (error ? errorWords(error) : undefined)}
        onInput={setWord}
      />
      <IconChoice<Icon>
        legend={t('own.icon')}
        value={icon}
        options={categoryIcons.map((each) => ({ value: each, icon: each, label: iconWord(each) }))}
        onChange={setIcon}
      />
      {row && !row.archived && <p class="soft">{t('own.archiveWhat')}</p>}
      <div class="ways">
        {row && (
          <Button
            kind="ghost"
            icon={row.archived ? 'undo' : 'archive'}
            busy={busy}
            onClick={() => void move(row.id, !row.archived)}
          >
            {t(row.archived ? 'own.back' : 'own.archive')}
          </Button>
        )}
        <Button type="submit" busy={busy}>
          {t('act.save')}
        </Button>
      </div>
    </form>
  )
}

export const CategorySheet = ({ open, onClose }: CategorySheetProps) => {
  const [shown, setShown] = useState(open)
  // what is closing keeps its words until it is gone
  useEffect(() => {
    if (open) setShown(open)
  }, [open])
  const row = shown === 'new' || shown === null ? undefined : shown
  return (
    <Sheet open={open !== null} title={t(row ? 'own.edit' : 'own.add')} onClose={onClose}>
      {open && <Typed key={row?.id ?? 'new'} row={open === 'new' ? undefined : open} onClose={onClose} />}
    </Sheet>
  )
}
