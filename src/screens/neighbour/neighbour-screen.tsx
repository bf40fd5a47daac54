/** Exchange with a neighbour: two phones side by side give each other what they hold, by file or by codes, with no internet. */

import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Drawing } from '../../components/drawing.tsx'
import { List, ListRow } from '../../components/list-row.tsx'
import { Screen } from '../../components/screen.tsx'
import { showToast } from '../../components/toast.tsx'
import { useOpenedPacket } from '../../hooks/opened-packet.ts'
import { useNetwork } from '../../hooks/use-network.ts'
import { t } from '../../i18n/translate.ts'
import { CarriedList } from './carried-list.tsx'
import { GivePacket } from './give-packet.tsx'
import { LookPacket } from './look-packet.tsx'
import { MakePacket } from './make-packet.tsx'
import { TakePacket } from './take-packet.tsx'

const home = '/neighbour'

const NeighbourScreen = () => {
  const { query, route } = useLocation()
  /** what was read, or is to be handed on: nothing of it stands in an address */
  const [packet, setPacket] = useState<Uint8Array<ArrayBuffer> | null>(null)
  const hasNetwork = useNetwork() !== null
  const withPacket = (step: 'look' | 'hand', bytes: Uint8Array<ArrayBuffer>, replace = true) => {
    setPacket(bytes)
    route(`${home}?do=${step}`, replace)
  }
  useOpenedPacket(
    (file) => void file.arrayBuffer().then((bytes) => withPacket('look', new Uint8Array(bytes), false)),
  )
  const done = (words?: string) => {
    if (words) showToast(words, 'saved')
    route(home, true)
  }
  if (query.do === 'give') return <MakePacket onDone={done} />
  if (query.do === 'take') return <TakePacket onPacket={(bytes) => withPacket('look', bytes)} />
  if (query.do === 'hand' && packet) return <GivePacket packet={packet} onDone={done} />
  if (query.do === 'look' && packet)
    return <LookPacket packet={packet} onAnswer={(bytes) => withPacket('hand', bytes)} onDone={done} />
  return (
    <Screen title={t('network.neighbour')} back={hasNetwork ? '/network' : '/'}>
      <div class="centre">
        <Drawing name="houses" />
      </div>
      <p>{t('packet.lead')}</p>
      <List label={t('network.neighbour')}>
        {hasNetwork && (
          <ListRow
            icon="share"
            title={t('packet.give')}
            detail={t('packet.giveWhy')}
            href={`${home}?do=give`}
          />
        )}
        <ListRow icon="scan" title={t('packet.take')} detail={t('packet.takeWhy')} href={`${home}?do=take`} />
      </List>
      <CarriedList onHandOn={(bytes) => withPacket('hand', bytes, false)} />
    </Screen>
  )
}

export default NeighbourScreen
