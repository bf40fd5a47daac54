/** One place in the app: its heading, the way back, what it shows, and the bar with its main act. */

import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../i18n/translate.ts'
import { goBack } from './go-back.ts'
import { Icon } from './icon.tsx'
import { SkipButton } from './skip-button.tsx'

interface ScreenProps {
  /** heading, and the title of the window */
  title: string
  /** what stands in the heading when that is more than the title, such as a name a person typed */
  heading?: ComponentChildren
  /** where the way back leads; none on the four main places */
  back?: string
  backLabel?: string
  /** a line under the heading */
  under?: ComponentChildren
  /** a button beside the heading */
  aside?: ComponentChildren
  children: ComponentChildren
  /** a place that a start leads to, as it usually looks: shown at once by the next start; `isWhole` once all of it is read */
  first?: { place: 'today' | 'board'; isWhole: boolean } | undefined
  /** the main act of this screen, always within reach of the thumb; without it the bottom bar is there */
  actions?: ComponentChildren
}

/** false until the first screen was shown: a page that was just opened takes no focus away from the reader. */
let navigated = false

export const Screen = (props: ScreenProps) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (navigated) heading.current?.focus({ preventScroll: true })
    navigated = true
  }, [])
  useEffect(() => {
    document.title = `${props.title} · ${t('app.name')}`
  }, [props.title])

  return (
    <div
      class={`screen${props.actions ? '' : ' above-bar'}`}
      data-place={props.first?.place}
      data-whole={props.first?.isWhole ? '' : undefined}
    >
      <header class="screen-head">
        {props.back !== undefined && (
          <a
            class="screen-back"
            href={props.back}
            onClick={(event) => {
              // where one came from may be another page, and its scroll place is worth keeping
              if (event.ctrlKey || event.metaKey || event.shiftKey || !goBack()) return
              event.preventDefault()
              event.stopPropagation()
            }}
          >
            <Icon name="back" />
            <span>{props.backLabel ?? t('nav.back')}</span>
          </a>
        )}
        <div class="screen-title">
          <h1 ref={heading} tabIndex={-1}>
            {props.heading ?? props.title}
          </h1>
          {props.aside}
        </div>
        {!props.actions && <SkipButton />}
        {props.under && <div class="screen-under">{props.under}</div>}
      </header>
      <main class="screen-body">
        <div class="screen-main">{props.children}</div>
        {props.actions && <div class="action-bar">{props.actions}</div>}
      </main>
    </div>
  )
}
