/** How long ago something was, with the exact time behind it. */

import { formatDate, formatTime, timeAgo } from '../i18n/time.ts'

/** `now` from `useNow`, so that all lines of a page agree. Both in ms since 1970. */
export const TimeAgo = ({ at, now }: { at: number; now: number }) => (
  <time dateTime={new Date(at).toISOString()} title={`${formatDate(at)} ${formatTime(at)}`}>
    {timeAgo(at, now)}
  </time>
)
