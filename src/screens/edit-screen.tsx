/** The frame of a form about something that exists: back, save, and what is said of the draft and of failures. */

import type { ComponentChildren } from 'preact'
import { Button } from '../components/button.tsx'
import { Screen } from '../components/screen.tsx'
import type { Failure } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'
import { FormNotes } from './form-notes.tsx'
import { useSaveWords } from './save-words.ts'
import type { useEdit } from './use-edit.ts'

interface EditScreenProps {
  title: string
  under?: ComponentChildren
  edit: Pick<ReturnType<typeof useEdit<object>>, 'page' | 'runner' | 'draft'>
  /** what the form lacks, or what the engine said */
  failure: Failure | null
  /** names of fields that say their own failure */
  fields: readonly string[]
  onSave: () => void
  children: ComponentChildren
}

export const EditScreen = ({ title, under, edit, failure, fields, onSave, children }: EditScreenProps) => {
  const { page, runner, draft } = edit
  const words = useSaveWords(runner.busy, t('act.save'))
  return (
    <Screen
      title={title}
      back={page}
      under={under}
      actions={
        <Button busy={runner.busy} onClick={onSave} wide>
          {words}
        </Button>
      }
    >
      <FormNotes
        ready={draft.ready}
        dirty={draft.dirty}
        failure={failure}
        fields={fields}
        onStartOver={() => {
          runner.clearError()
          void draft.clear({})
        }}
      />
      {children}
    </Screen>
  )
}
