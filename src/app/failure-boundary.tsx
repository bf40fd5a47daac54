/** Catches what nobody expected while drawing: says what to do. Drafts are on the phone already, kept on every keystroke. */

import { Component, type ComponentChildren } from 'preact'
import { WholePage } from './whole-page.tsx'

interface Props {
  children: ComponentChildren
}

export class FailureBoundary extends Component<Props, { failure: string | null }> {
  override state = { failure: null }

  static override getDerivedStateFromError(failure: unknown) {
    return { failure: failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure) }
  }

  override componentDidCatch(failure: unknown) {
    console.error(failure)
  }

  override render({ children }: Props, { failure }: { failure: string | null }) {
    if (failure === null) return children
    // a screen whose file could not be fetched is not a fault: it comes when the link does
    const missing = /dynamically imported module|Importing a module script failed/.test(failure)
    return missing ? (
      <WholePage message="err.chunk" />
    ) : (
      <WholePage message="err.unexpected" detail={failure} />
    )
  }
}
