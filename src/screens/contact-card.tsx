/** Address and phone under a lock: shown to those whom they concern, with an honest line on who else could find them. */

import '../components/styles/details.css'
import { Bdi } from '../components/bdi.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Icon } from '../components/icon.tsx'
import { t } from '../i18n/translate.ts'
import type { ContactRow } from '../records/contact/contact.ts'
import { callLink, mapLink, whatsappLink } from './phone-links.ts'

interface ContactCardProps {
  contact: ContactRow | undefined
  /** whether this person may see it now */
  shown: boolean
  /** who sees it, in words */
  who: string
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

export const ContactCard = ({ contact, shown, who }: ContactCardProps) => (
  <Card as="section">
    <h2 class="card-head">
      <Icon name="lock" />
      <span>{t('type.contact')}</span>
    </h2>
    {!contact && <p class="soft">{t('contact.none')}</p>}
    {contact && !shown && <p class="soft">{t('contact.hidden')}</p>}
    {contact && shown && (
      <>
        <Words {...contact} />
        <Ways {...contact} />
        <p class="soft">{who}</p>
      </>
    )}
    {contact && <p class="soft">{t('contact.honest')}</p>}
  </Card>
)
