/** A person as a coloured letter: told apart from others of the same name by the colour, and always beside the name. */

import './styles/details.css'

/** `tint` 0 to 5, see styles/details.css. */
export const PersonBadge = ({ letter, tint }: { letter: string; tint: number }) => (
  <span class={`person-badge tint-${tint}`} aria-hidden="true">
    <bdi>{letter}</bdi>
  </span>
)
