/** The gallery's parts that fill a window by themselves: screens with their bars, what comes over them. */

import { useEffect } from 'preact/hooks'
import { Badge } from '../../src/components/badge.tsx'
import { Bdi } from '../../src/components/bdi.tsx'
import { BottomBar } from '../../src/components/bottom-bar.tsx'
import { Button } from '../../src/components/button.tsx'
import { Card } from '../../src/components/card.tsx'
import { Dialog, Sheet } from '../../src/components/dialog.tsx'
import { EmptyState } from '../../src/components/empty-state.tsx'
import { IconButton } from '../../src/components/icon-button.tsx'
import { Screen } from '../../src/components/screen.tsx'
import { StatusLine } from '../../src/components/status-line.tsx'
import { showToast, Toast } from '../../src/components/toast.tsx'
import { t } from '../../src/i18n/translate.ts'
import { sample } from './sample.ts'

const none = () => undefined
const Text = () => (
  <Card>
    <p>{sample().details}</p>
  </Card>
)

/** Said again before it goes, so that it stands. */
const againMs = 5000

export const ScreenPart = () => {
  useEffect(() => {
    const say = () => showToast(t('form.savedChanges'))
    say()
    const saying = setInterval(say, againMs)
    return () => clearInterval(saying)
  }, [])
  return (
    <>
      <Screen
        title={sample().longTitle}
        back="#back"
        heading={
          <span class="record-heading">
            <Badge icon="health" tone="urgent" />
            <Bdi>{sample().longTitle}</Bdi>
          </span>
        }
        under={<StatusLine icon="person">{t('need.from', { name: sample().name })}</StatusLine>}
        actions={
          <>
            <Button icon="take">{t('act.take')}</Button>
            <Button kind="ghost">{t('act.takePart')}</Button>
          </>
        }
      >
        <Text />
      </Screen>
      <Toast />
    </>
  )
}

export const PlacePart = () => (
  <>
    <Screen
      title={t('nav.today')}
      aside={<IconButton icon="settings" label={t('settings.title')} href="#settings" />}
    >
      <Text />
      <Text />
    </Screen>
    <BottomBar current="today" waiting={128} onAdd={none} />
  </>
)

export const EmptyPart = () => (
  <>
    <Screen title={t('board.title')}>
      <EmptyState
        drawing="notebook"
        title={t('board.emptyNeeds')}
        action={<Button icon="add">{t('act.need')}</Button>}
      >
        {t('board.emptyNeedsWhy')}
      </EmptyState>
    </Screen>
    <BottomBar current="board" onAdd={undefined} />
  </>
)

export const SheetPart = () => (
  <>
    <Text />
    <Sheet open title={t('act.add')} onClose={none}>
      <Button kind="ghost" wide icon="add">
        {t('act.need')}
      </Button>
      <Button kind="ghost" wide icon="gift">
        {sample().longTitle}
      </Button>
    </Sheet>
  </>
)

export const DialogPart = () => (
  <>
    <Text />
    <Dialog
      open
      title={t('need.cancelAsk')}
      onClose={none}
      actions={
        <>
          <Button kind="ghost">{t('act.dismiss')}</Button>
          <Button kind="danger">{t('act.cancelNeed')}</Button>
        </>
      }
    >
      <p>{t('need.cancelTaken', { name: sample().name })}</p>
      <p class="soft">{t('need.cancelWhat')}</p>
    </Dialog>
  </>
)
