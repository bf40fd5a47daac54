/** A page opened inside a chat app may lose everything with it: says so, and how to open it in the browser. Going on stays possible. */

import { useState } from 'preact/hooks'
import { t } from '../i18n/translate.ts'
import { Button } from './button.tsx'
import { Card } from './card.tsx'
import { Drawing } from './drawing.tsx'
import { type InAppBrowser, inAppBrowser, intentLink } from './in-app-browser.ts'
import { isInstalled } from './is-installed.ts'
import { showToast } from './toast.tsx'

const InAppCard = ({ inside, link }: { inside: InAppBrowser; link: string }) => {
  const [byHand, setByHand] = useState(false)
  // some of these apps give a page no clipboard
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link)
      showToast(t('act.copied'), 'copy')
    } catch (reason) {
      console.info('no clipboard', reason)
      setByHand(true)
    }
  }
  return (
    <Card tone="wait" as="section">
      <p class="strong">{inside.app === null ? t('inApp.other') : t('sto.inApp', { app: inside.app })}</p>
      <div class="row whole">
        <Drawing name="menu" />
        <span>{t('inApp.how')}</span>
      </div>
      {inside.isAndroid && (
        <Button href={intentLink(link)} icon="link">
          {t('inApp.open')}
        </Button>
      )}
      <Button kind="ghost" icon="copy" onClick={() => void copy()}>
        {t('inApp.copy')}
      </Button>
      {byHand && (
        <div role="status">
          <p>{t('inApp.byHand')}</p>
          <p class="latin" dir="ltr" translate={false}>
            {link}
          </p>
        </div>
      )}
    </Card>
  )
}

/** `link`: what the person takes along to the browser, invite included. */
export const InAppHint = ({ link }: { link: string }) => {
  const inside = inAppBrowser(navigator.userAgent, isInstalled())
  return inside && <InAppCard inside={inside} link={link} />
}
