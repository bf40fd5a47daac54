/** After the first need or offer was saved: asks for lasting storage, and for a place on the home screen, saying why. */

import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../components/button.tsx'
import { Sheet } from '../components/dialog.tsx'
import { InstallSteps } from '../components/install-steps.tsx'
import { showToast } from '../components/toast.tsx'
import { useDoor } from '../hooks/door.ts'
import { useAppQuery } from '../hooks/use-live-query.ts'
import { t } from '../i18n/translate.ts'
import { firstSaveKey } from './first-save.ts'

export const KeepSheet = () => {
  const { app, install, persist } = useDoor()
  const [closed, setClosed] = useState(false)
  const row = useAppQuery(async (database) => (await database.settings.get(firstSaveKey)) ?? null)
  const { path } = useLocation()
  // whoever writes one need after the other is asked when she is through
  const open = row?.value === 'saved' && !closed && !path.startsWith('/add/')

  const answered = () => {
    setClosed(true)
    void app.settings.put({ key: firstSaveKey, value: 'asked' })
  }
  const agree = async () => {
    const kept = await persist()
    const installed = await install.peek()?.()
    answered()
    showToast(kept || installed ? t('settings.persisted') : t('settings.persistNo'), kept ? 'check' : 'info')
  }

  return (
    <Sheet
      open={open}
      onClose={answered}
      title={t('state.saved')}
      actions={
        <>
          <Button onClick={() => void agree()}>
            {install.value ? t('sto.install') : t('settings.persistAct')}
          </Button>
          <Button kind="ghost" onClick={answered}>
            {t('act.notNow')}
          </Button>
        </>
      }
    >
      <p>{t('sto.persist')}</p>
      {install.value ? <p class="soft">{t('sto.installWhy')}</p> : <InstallSteps />}
    </Sheet>
  )
}
