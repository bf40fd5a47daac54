/** What is on this phone: whether the browser keeps it, what takes room, what has not left, and a way to make room. */

import '../../components/styles/details.css'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { List, ListRow } from '../../components/list-row.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { type KeptRoom, useKeptRoom, useMakeRoom } from '../../hooks/use-kept-room.ts'
import { useUnsentCount } from '../../hooks/use-status.ts'
import { useStorage } from '../../hooks/use-storage.ts'
import { formatMonth } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { roomWords } from '../size-words.ts'

const Lasting = () => {
  const { storage, persist } = useStorage()
  const ask = async () => {
    if (!(await persist())) showToast(t('settings.persistNo'), 'info')
  }
  if (storage.persisted === null) return null
  if (storage.persisted)
    return (
      <StatusLine icon="check" tone="act">
        {t('settings.persisted')}
      </StatusLine>
    )
  return (
    <Card tone="wait" as="section">
      <StatusLine icon="info" tone="wait">
        {t('settings.notPersisted')}
      </StatusLine>
      <Button kind="ghost" icon="storage" onClick={() => void ask()}>
        {t('settings.persistAct')}
      </Button>
    </Card>
  )
}

const Room = ({ kept }: { kept: KeptRoom }) => {
  const { storage } = useStorage()
  const makeRoom = useMakeRoom()
  const { photoBytes, voiceBytes, freeableBytes } = kept
  const free = async () => {
    const freed = await makeRoom()
    showToast(freed > 0 ? t('storage.freed', { size: roomWords(freed) }) : t('storage.nothing'))
  }
  const rest = Math.max(0, (storage.usedBytes ?? 0) - photoBytes - voiceBytes)
  return (
    <section class="stack" aria-labelledby="room">
      <h2 class="section-head part-head" id="room">
        {t('storage.room')}
      </h2>
      <List>
        {photoBytes > 0 && (
          <ListRow icon="photo" tone="plain" title={t('storage.photos')} detail={roomWords(photoBytes)} />
        )}
        {voiceBytes > 0 && (
          <ListRow icon="mic" tone="plain" title={t('storage.voices')} detail={roomWords(voiceBytes)} />
        )}
        {storage.usedBytes !== null && (
          <ListRow icon="book" tone="plain" title={t('storage.words')} detail={roomWords(rest)} />
        )}
      </List>
      {freeableBytes > 0 && (
        <>
          <p class="soft">{t('storage.freeWhat')}</p>
          <Button kind="ghost" icon="storage" onClick={() => void free()}>
            {t('storage.free')}
          </Button>
        </>
      )}
    </section>
  )
}

const Months = ({ months }: Pick<KeptRoom, 'months'>) => (
  <section class="stack" aria-labelledby="months">
    <h2 class="section-head part-head" id="months">
      {t('storage.months')}
    </h2>
    <List>
      {months.map(({ at, entries }) => (
        <ListRow
          key={at}
          icon="calendar"
          tone="plain"
          title={at === null ? t('storage.long') : formatMonth(at)}
          detail={t('storage.entries', { count: entries })}
        />
      ))}
    </List>
    <p class="soft">{t('storage.stays')}</p>
  </section>
)

export default function StorageScreen() {
  const kept = useKeptRoom()
  const unsent = useUnsentCount()
  return (
    <Screen title={t('storage.title')} back="/network" backLabel={t('nav.network')}>
      <Lasting />
      {unsent !== undefined && unsent > 0 && (
        <StatusLine icon="waiting" tone="wait" href="/outbox">
          {t('n.unsent', { count: unsent })}
        </StatusLine>
      )}
      {kept && <Room kept={kept} />}
      {kept && kept.months.length > 0 && <Months months={kept.months} />}
    </Screen>
  )
}
