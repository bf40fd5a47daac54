/** A line to search in, with a drawing instead of a visible label and a button that empties it. */

import '../components/styles/records.css'
import { useId, useRef } from 'preact/hooks'
import { Icon } from '../components/icon.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { t } from '../i18n/translate.ts'

interface SearchFieldProps {
  label: string
  value: string
  onInput: (value: string) => void
}

export const SearchField = ({ label, value, onInput }: SearchFieldProps) => {
  const id = useId()
  const line = useRef<HTMLInputElement>(null)
  const empty = () => {
    onInput('')
    line.current?.focus()
  }
  return (
    <search class="search-field">
      <label class="only-heard" for={id}>
        {label}
      </label>
      <Icon name="search" />
      <input
        ref={line}
        id={id}
        type="search"
        enterkeyhint="search"
        autocomplete="off"
        // with `auto` an empty line would stand on the left in every language
        {...(value === '' ? {} : { dir: 'auto' as const })}
        placeholder={label}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {value !== '' && <IconButton icon="close" label={t('board.newSearch')} onClick={empty} />}
    </search>
  )
}
