/** Closed packets of other networks on this phone: each is handed on, or let go of. */

import { Button } from '../../components/button.tsx'
import { List, ListRow } from '../../components/list-row.tsx'
import { useCarried } from '../../hooks/use-carried.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { formatDate, formatTime } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { sizeWords } from '../size-words.ts'

export const CarriedList = ({ onHandOn }: { onHandOn: (packet: Uint8Array<ArrayBuffer>) => void }) => {
  const carried = useCarried()
  const { run } = useCommand()
  if (!carried || carried.length === 0) return null
  return (
    <section class="stack">
      <h2>{t('packet.carried')}</h2>
      <p class="soft">{t('packet.carriedWhat')}</p>
      <List label={t('packet.carried')}>
        {carried.map(({ id, packet, atMs }) => (
          <ListRow
            key={id}
            icon="lock"
            tone="plain"
            title={t('packet.handOn')}
            detail={`${sizeWords(packet.length)} · ${formatDate(atMs)} · ${formatTime(atMs)}`}
            onClick={() => onHandOn(packet)}
            action={
              <Button kind="quiet" compact onClick={() => void run({ type: 'packet.forget', id })}>
                {t('packet.forget')}
              </Button>
            }
          />
        ))}
      </List>
    </section>
  )
}
