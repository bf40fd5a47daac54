/** A button with a drawing only; its words are for those who hear the page. */

import { Icon, type IconName } from './icon.tsx'

interface IconButtonProps {
  icon: IconName
  label: string
  onClick?: () => void
  href?: string
}

export const IconButton = ({ icon, label, onClick, href }: IconButtonProps) =>
  href === undefined ? (
    <button type="button" class="button quiet icon-only" aria-label={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  ) : (
    <a class="button quiet icon-only" href={href} aria-label={label}>
      <Icon name={icon} />
    </a>
  )
