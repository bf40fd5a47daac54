/** Address and phone under a lock: shown to those whom they concern; to others in words why not, and who could. */

import '../components/styles/details.css'
import { Bdi } from '../components/bdi.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Icon } from '../components/icon.tsx'
import { t } from '../i18n/translate.ts'
import type { ContactRow } from '../records/contact/contact.ts'
import type { ContactSight } from './contact-sight.ts'
import { callLink, mapLink, whatsappLink } from './phone-links.ts'

interface ContactCardProps {
  sight: ContactSight
  /** who sees it where every member's phone can read it, in words */
  who: string
  /** who wrote it, as this person calls them */
  author: string
}

const Ways = ({ address, phone }: ContactRow) => {
  const whatsapp = phone === '' ? null : whatsappLink(phone, navigator.languages)
  return (
    <div class="ways">
      {phone !== '' && (
        <Button kind="ghost" icon="call" href={callLink(phone)}>
          {t('act.call')}
        </Button>
      )}
      {whatsapp !== null && (
        <Button kind="ghost" icon="message" href={whatsapp}>
          {t('act.whatsapp')}
        </Button>
      )}
      {address !== '' && (
        <Button kind="ghost" icon="map" href={mapLink(address, navigator.userAgent)}>
          {t('act.map')}
        </Button>
      )}
    </div>
  )
}

const Words = ({ name, address, phone }: ContactRow) => (
  <div class="contact-words">
    {name !== '' && (
      <p class="strong">
        <Bdi>{name}</Bdi>
      </p>
    )}
    {address !== '' && (
      <p>
        <Bdi>{address}</Bdi>
      </p>
    )}
    {phone !== '' && (
      <p>
        <bdi dir="ltr">{phone}</bdi>
      </p>
    )}
  </div>
)

/** Why there is nothing to read, line by line. */
const absence = ({ kind, isConfidential }: ContactSight, author: string): string[] => {
  switch (kind) {
    case 'shown':
      return []
    case 'none':
      return [t('contact.none')]
    case 'hidden':
      return [t(isConfidential ? 'contact.sealed' : 'contact.hidden')]
    case 'waiting':
      return [t('contact.waiting', { name: author }), t('contact.waitingWhy')]
    case 'unsent':
      return [t('contact.unsent')]
    case 'reserve':
      return [t('contact.reserve')]
    case 'coming':
      return [t('contact.coming')]
    case 'over':
      return [t('contact.over'), t('contact.overWhy')]
    case 'elsewhere':
      return [t('contact.elsewhere')]
  }
}

const honesty = ({ kind, isConfidential }: ContactSight, who: string): string[] => {
  if (kind === 'none') return []
  if (isConfidential) return kind === 'shown' ? [t('contact.sealedWho')] : []
  return kind === 'shown' ? [who, t('contact.honest')] : [t('contact.honest')]
}

export const ContactCard = ({ sight, who, author }: ContactCardProps) => {
  const isWaiting = sight.kind === 'waiting' || sight.kind === 'unsent' || sight.kind === 'coming'
  const [first, ...more] = absence(sight, author)
  return (
    <Card as="section" {...(isWaiting ? { tone: 'wait' } : {})}>
      <h2 class="card-head">
        <Icon name={isWaiting ? 'hourglass' : 'lock'} />
        <span>{t('type.contact')}</span>
      </h2>
      {sight.kind === 'shown' && (
        <>
          <Words {...sight.row} />
          <Ways {...sight.row} />
        </>
      )}
      {first !== undefined && <p class={isWaiting ? '' : 'soft'}>{first}</p>}
      {[...more, ...honesty(sight, who)].map((words) => (
        <p key={words} class="soft">
          {words}
        </p>
      ))}
    </Card>
  )
}
