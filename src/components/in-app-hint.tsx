/** A page opened inside a chat app may lose everything with it: says so, and how to open it in the browser. */

import { t } from '../i18n/translate.ts'
import { Button } from './button.tsx'
import { Card } from './card.tsx'
import { Icon } from './icon.tsx'
import { showToast } from './toast.tsx'

/** Marks that these apps put into their user agent. */
const marks: readonly [RegExp, string][] = [
  [/FBAN|FBAV|FB_IAB/, 'Facebook'],
  [/Instagram/, 'Instagram'],
  [/WhatsApp/, 'WhatsApp'],
  [/Telegram/, 'Telegram'],
  [/Line\//, 'LINE'],
]

/** `link`: what the person takes along to the browser, invite included. */
export const InAppHint = ({ link }: { link: string }) => {
  const app = marks.find(([mark]) => mark.test(navigator.userAgent))?.[1]
  if (app === undefined) return null
  const copy = async () => {
    await navigator.clipboard.writeText(link)
    showToast(t('act.copied'), 'copy')
  }
  return (
    <Card tone="wait">
      <p class="strong">{t('sto.inApp', { app })}</p>
      <p class="row">
        <Icon name="more" />
        <span>{t('inApp.how')}</span>
      </p>
      <Button kind="ghost" icon="copy" onClick={() => void copy()}>
        {t('inApp.copy')}
      </Button>
    </Card>
  )
}
