/** How long ago something was, with the exact time behind it. */

import { formatDate, formatTime, timeAgo } from '../i18n/time.ts'

/** `now` from `useNow`, so that all lines of a page agree. Both in ms since 1970. */
export const TimeAgo = ({ at, now }: { at: number; now: number }) => (
  <time
    dateTime={new Date(at).toISOString()}
    // for a mouse alone, and only then written: it took as long as the rest of a card
    onMouseEnter={({ currentTarget }) => {
      currentTarget.title = `${formatDate(at)} ${formatTime(at)}`
    }}
  >
    {timeAgo(at, now)}
  </time>
)
