/** A link that came by message, pasted: for an installed app, which has no address bar. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Drawing } from '../../components/drawing.tsx'
import { Field } from '../../components/field.tsx'
import { List, ListRow } from '../../components/list-row.tsx'
import { Screen } from '../../components/screen.tsx'
import { t } from '../../i18n/translate.ts'

interface PasteLinkProps {
  /** what was the matter with the last one */
  problem: string | undefined
  onLink: (link: string) => void
  /** goes on with a link that only this phone's clock calls over */
  onAnyway: (() => void) | undefined
  back: string
}

export const PasteLink = ({ problem, onLink, onAnyway, back }: PasteLinkProps) => {
  const [link, setLink] = useState('')
  const [empty, setEmpty] = useState(false)
  const take = () => {
    setEmpty(link.trim() === '')
    if (link.trim() !== '') onLink(link.trim())
  }
  return (
    <Screen
      title={t('join.title')}
      back={back}
      actions={
        <Button icon="link" onClick={take} wide>
          {t('act.next')}
        </Button>
      }
    >
      <div class="centre">
        <Drawing name="door" />
      </div>
      <Field
        label={t('join.link')}
        hint={t('join.linkHint')}
        value={link}
        rows={3}
        direction="ltr"
        inputMode="url"
        error={empty ? t('err.required') : problem}
        onInput={setLink}
      />
      <List>
        <ListRow href="/meet" icon="scan" title={t('join.face')} detail={t('join.faceWhy')} />
      </List>
      {onAnyway && (
        <div class="stack tight">
          <p class="soft">{t('join.clock')}</p>
          <Button kind="ghost" onClick={onAnyway}>
            {t('join.anyway')}
          </Button>
        </div>
      )}
    </Screen>
  )
}
