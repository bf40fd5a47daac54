/** What a form says above its fields: that a draft came back, or what went wrong with the whole. */

import '../components/styles/forms.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { errorWords, type Failure } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'

interface FormNotesProps {
  /** from `useDraft` */
  ready: boolean
  dirty: boolean
  failure: Failure | null
  /** names of fields that say their own failure */
  fields: readonly string[]
  onStartOver: () => void
}

export const FormNotes = ({ ready, dirty, failure, fields, onStartOver }: FormNotesProps) => {
  const first = useRef(true)
  const [cameBack, setCameBack] = useState(false)
  useEffect(() => {
    if (!ready || !first.current) return
    first.current = false
    setCameBack(dirty)
  }, [ready, dirty])
  // the field with the fault comes into sight, or the sentence about the whole
  const failed = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!failure) return
    const field = document.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (field) field.focus()
    else failed.current?.scrollIntoView({ block: 'center' })
  }, [failure])

  const about = failure && !(failure.code === 'invalid' && fields.includes(failure.field ?? ''))
  return (
    <div ref={failed} class="form-notes">
      {about && (
        <div role="alert">
          <StatusLine icon="warning" tone="urgent">
            {errorWords(failure)}
          </StatusLine>
        </div>
      )}
      {cameBack && dirty && (
        <div class="draft-line">
          <StatusLine icon="edit">{t('form.draftBack')}</StatusLine>
          <Button
            kind="quiet"
            compact
            onClick={() => {
              setCameBack(false)
              onStartOver()
            }}
          >
            {t('form.startOver')}
          </Button>
        </div>
      )}
    </div>
  )
}
