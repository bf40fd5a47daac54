/** Which member a confidential need is handed to: he reads all of it from then on. */

import { useState } from 'preact/hooks'
import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import { Bdi } from '../components/bdi.tsx'
import { Sheet } from '../components/dialog.tsx'
import { List, ListRow } from '../components/list-row.tsx'
import { useMembers } from '../hooks/use-network.ts'
import { errorWords, type Failure } from '../i18n/error-words.ts'
import { language, t } from '../i18n/translate.ts'
import { useNames } from './names.ts'
import { byName, findPeople } from './people-order.ts'
import { SearchField } from './search-field.tsx'

interface HandDialogProps {
  open: boolean
  /** who reads it already, besides the coordinators */
  without: readonly string[]
  busy: boolean
  error: Failure | null
  onClose: () => void
  onHand: (to: DeviceId) => void
}

/** As many as are found at a glance; the line above finds the others. */
const maxShown = 30

const Members = ({ without, busy, onHand }: HandDialogProps) => {
  const members = useMembers() ?? []
  const { apartWords } = useNames()
  const [text, setText] = useState('')
  const others = members.filter(({ role, deviceId }) => role === 'member' && !without.includes(deviceId))
  const found = findPeople(byName(others, language.value), text).slice(0, maxShown)
  if (others.length === 0) return <p class="soft">{t('few.nobody')}</p>
  return (
    <>
      {others.length > 6 && <SearchField label={t('few.find')} value={text} onInput={setText} />}
      <List label={t('few.handAsk')}>
        {found.map(({ deviceId, name }) => (
          <ListRow
            key={deviceId}
            icon="person"
            title={<Bdi>{name}</Bdi>}
            detail={apartWords(deviceId)}
            onClick={() => !busy && onHand(deviceId)}
          />
        ))}
      </List>
    </>
  )
}

export const HandDialog = (props: HandDialogProps) => (
  <Sheet open={props.open} title={t('few.handAsk')} onClose={props.onClose}>
    <p class="soft">{t('few.handWhat')}</p>
    {props.error && <p class="field-error">{errorWords(props.error)}</p>}
    {props.open && <Members {...props} />}
  </Sheet>
)
