/** The first screen: the language, what this is, and the three ways to begin. */

import { Button } from '../../components/button.tsx'
import { Drawing } from '../../components/drawing.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { InAppHint } from '../../components/in-app-hint.tsx'
import { LanguageChoice } from '../../components/language-choice.tsx'
import { PrivateHint } from '../../components/private-hint.tsx'
import { RestOfApp } from '../../components/rest-of-app.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useSettings } from '../../hooks/use-settings.ts'
import { t } from '../../i18n/translate.ts'

export default function StartScreen() {
  const { settings, change } = useSettings()
  return (
    <Screen
      title={t('app.name')}
      aside={<IconButton icon="help" href="/help" label={t('guide.title')} />}
      actions={
        <div class="stack start-acts">
          <Button href="/join" icon="link" wide>
            {t('start.have')}
          </Button>
          <Button href="/create" kind="ghost" icon="add" wide>
            {t('net.create')}
          </Button>
          <Button href="/create?solo" kind="quiet" icon="book" wide>
            {t('net.solo')}
          </Button>
        </div>
      }
    >
      <LanguageChoice value={settings.language} onChange={(language) => void change({ language })} />
      <InAppHint link={location.origin} />
      <PrivateHint />
      <div class="empty">
        <Drawing name="houses" />
        <p class="lead">{t('app.lead')}</p>
        <StatusLine icon="shield" tone="act">
          {t('start.noAccount')}
        </StatusLine>
        <RestOfApp />
        <Button href="/restore" kind="quiet">
          {t('start.backup')}
        </Button>
      </div>
    </Screen>
  )
}
