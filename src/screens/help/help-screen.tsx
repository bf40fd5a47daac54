/** How it works, in short honest cards: also what is not protected. All of it is on the phone. */

import '../../components/styles/invites.css'
import type { ComponentChildren } from 'preact'
import { Badge, type Tone } from '../../components/badge.tsx'
import { Card } from '../../components/card.tsx'
import type { IconName } from '../../components/icon.tsx'
import { Screen } from '../../components/screen.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { useNetwork } from '../../hooks/use-network.ts'
import { useStatus } from '../../hooks/use-status.ts'
import { t } from '../../i18n/translate.ts'

interface HelpCardProps {
  icon: IconName
  tone?: Tone
  title: string
  children: ComponentChildren
}

const HelpCard = ({ icon, tone = 'act', title, children }: HelpCardProps) => (
  <Card as="section">
    <div class="row whole">
      <Badge icon={icon} tone={tone} />
      <h2>{title}</h2>
    </div>
    {children}
  </Card>
)

export default function HelpScreen() {
  const { failure } = useStatus()
  const back = useNetwork() ? '/network' : '/'
  return (
    <Screen title={t('guide.title')} back={back}>
      <HelpCard icon="storage" title={t('help.worksTitle')}>
        <p>{t('help.works')}</p>
      </HelpCard>
      <HelpCard icon="delivered" title={t('help.marksTitle')}>
        <ul class="stack tight">
          <li>
            <StateMark state="local" />
          </li>
          <li>
            <StateMark state="delivered" />
          </li>
        </ul>
      </HelpCard>
      <HelpCard icon="take" title={t('help.takeTitle')}>
        <p>{t('help.take')}</p>
      </HelpCard>
      <HelpCard icon="visit" title={t('help.visitTitle')}>
        <p>{t('help.visit')}</p>
      </HelpCard>
      <HelpCard icon="shield" title={t('help.protectedTitle')}>
        <p>{t('help.protected')}</p>
      </HelpCard>
      <HelpCard icon="warning" tone="wait" title={t('help.notTitle')}>
        <ul class="points">
          <li>{t('help.notContact')}</li>
          <li>{t('help.notFew')}</li>
          <li>{t('help.notPhone')}</li>
          <li>{t('help.notCopies')}</li>
          <li>{t('help.notRemoved')}</li>
          <li>{t('help.notInvite')}</li>
          <li>{t('help.notChecked')}</li>
        </ul>
      </HelpCard>
      <HelpCard icon="search" tone="wait" title={t('help.seenTitle')}>
        <ul class="points">
          <li>{t('help.notTrace')}</li>
          <li>{t('help.notHeld')}</li>
          <li>{t('help.notHost')}</li>
        </ul>
      </HelpCard>
      <HelpCard icon="install" tone="wait" title={t('help.lostTitle')}>
        <ul class="points">
          <li>{t('help.lostReads')}</li>
          <li>
            {t('help.lostStop', {
              first: t('network.title'),
              second: t('network.myPlace'),
              third: t('member.retire'),
              other: t('rem.act'),
            })}
          </li>
          <li>{t('help.lostBackup')}</li>
        </ul>
      </HelpCard>
      {failure !== null && (
        <HelpCard icon="info" tone="plain" title={t('help.failureTitle')}>
          <p class="soft latin">{failure}</p>
        </HelpCard>
      )}
    </Screen>
  )
}
