/** A link that came by message, pasted; one scanned from another screen; or a short code that was read out: for an installed app, which has no address bar. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Drawing } from '../../components/drawing.tsx'
import { Field } from '../../components/field.tsx'
import { List, ListRow } from '../../components/list-row.tsx'
import { Screen } from '../../components/screen.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import type { Failure } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { laterPart } from '../later-part.tsx'
import { codeWords, sayable } from './code-words.ts'

const ScanLink = laterPart(() => import('./scan-link.tsx').then((parts) => parts.ScanLink))

interface PasteLinkProps {
  /** what was the matter with the last one */
  problem: string | undefined
  onLink: (link: string) => void
  /** goes on with a link that only this phone's clock calls over */
  onAnyway: (() => void) | undefined
  back: string
}

/** A link has slashes, and what stands behind `#j=` is longer than any code. */
const mayBeCode = (text: string): boolean => text.length <= 40 && !text.includes('/')

export const PasteLink = ({ problem, onLink, onAnyway, back }: PasteLinkProps) => {
  const { run, busy } = useCommand()
  const [text, setText] = useState('')
  const [isScanning, setScanning] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const take = async () => {
    const typed = text.trim()
    setFailure(typed === '' ? { code: 'required' } : null)
    if (typed === '') return
    if (!mayBeCode(typed)) return onLink(typed)
    const found = await run({ type: 'invite.find', code: typed })
    if (found.ok) onLink(found.value.link ?? '')
    else setFailure(await sayable(found.error))
  }
  return (
    <Screen
      title={t('join.title')}
      back={back}
      actions={
        <Button icon="link" busy={busy} onClick={() => void take()} wide>
          {t('act.next')}
        </Button>
      }
    >
      {isScanning ? (
        <ScanLink onLink={onLink} />
      ) : (
        <div class="centre">
          <Drawing name="door" />
        </div>
      )}
      <Field
        label={t('join.link')}
        hint={t('join.linkHint')}
        value={text}
        rows={3}
        direction="ltr"
        inputMode="url"
        error={failure ? codeWords(failure) : problem}
        onInput={setText}
      />
      {onAnyway && (
        <div class="stack tight">
          <p class="soft">{t('join.clock')}</p>
          <Button kind="ghost" onClick={onAnyway}>
            {t('join.anyway')}
          </Button>
        </div>
      )}
      <List>
        {!isScanning && <ListRow onClick={() => setScanning(true)} icon="scan" title={t('join.scan')} />}
        <ListRow href="/meet" icon="people" title={t('join.face')} detail={t('join.faceWhy')} />
      </List>
    </Screen>
  )
}
