/** Which entries of the outbox a person would call one thing: all steps on one record, such as taking and having done it. */

import type { OutboxRow } from '../storage/schema.ts'

/** In the order of each thing's first row; rows that name no record are steps of the network itself and not among them. */
export const rowsByThing = <Row extends Pick<OutboxRow, 'recordIds'>>(rows: readonly Row[]): Row[][] => {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const [first] = row.recordIds
    if (first === undefined) continue
    groups.set(first, [...(groups.get(first) ?? []), row])
  }
  return [...groups.values()]
}
