/** Whether the person has put away the line that says what came back; until the app is opened again. */

import { signal } from '@preact/signals'

export const isRegainedRead = signal(false)
