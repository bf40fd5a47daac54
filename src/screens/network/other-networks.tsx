/** The other networks of this phone: one tap brings one onto the screen. */

import { Bdi } from '../../components/bdi.tsx'
import { ListRow } from '../../components/list-row.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useOtherNetworks } from '../../hooks/use-network.ts'
import { t } from '../../i18n/translate.ts'
import { NetworkPart } from './network-part.tsx'

export const OtherNetworks = () => {
  const others = useOtherNetworks()
  const { run } = useCommand()
  if (others.length === 0) return null
  const use = async (networkId: string, name: string) => {
    const result = await run({ type: 'network.use', networkId })
    if (result.ok) showToast(t('network.now', { network: name }))
  }
  return (
    <NetworkPart title={t('network.others')}>
      {others.map(({ networkId, name }) => (
        <ListRow
          key={networkId}
          icon="network"
          tone="plain"
          title={<Bdi>{name}</Bdi>}
          onClick={() => void use(networkId, name)}
        />
      ))}
    </NetworkPart>
  )
}
