/** What the neighbours wrote before and while one phone was away: the same for every side of the measurement. */

export const size = { devices: 200, needs: 1225, behind: 100 }

/** A record before it has an id: 'need 17', 'claim 17'. */
export type RecordName = string

export interface Write {
  /** 0 to `size.devices` - 1 */
  writer: number
  record: RecordName
  type: 'need' | 'claim'
  isNew: boolean
  /** `needId` names a record */
  fields: Record<string, string | number | boolean>
}

/** Somebody else takes the need. */
const takerOf = (n: number): number => (n * 7 + 3) % size.devices

const life = (n: number): Write[] => {
  const claim = { writer: takerOf(n), record: `claim ${n}`, type: 'claim' } as const
  return [
    {
      ...{ writer: n % size.devices, record: `need ${n}`, type: 'need', isNew: true },
      fields: {
        category: 'food',
        title: `سلة غذائية رقم ${n}`,
        urgency: 'week',
        quantity: 1,
        area: 'شارع ١٢',
      },
    },
    { ...claim, isNew: true, fields: { needId: `need ${n}`, amount: 1, state: 'taken' } },
    { ...claim, isNew: false, fields: { state: 'onWay', firm: true } },
    { ...claim, isNew: false, fields: { state: 'done' } },
  ]
}

/** How many other needs are written between two steps of one. */
const stepsApart = 40

/** 4,900 writes: each need is written, taken, brought on the way and done, among others that are. */
export const earlierWork = (): Write[] => {
  const lives = Array.from({ length: size.needs }, (_, n) => life(n))
  const work: Write[] = []
  for (let now = 0; now < size.needs + 3 * stepsApart; now++)
    for (let step = 0; step < 4; step++) {
      const write = lives[now - step * stepsApart]?.[step]
      if (write) work.push(write)
    }
  return work
}

/** The edit by which each of the last 100 writes can be told. */
export const editMark = 'تعديل'

/** One field each, each by another device, as it happens in a week. */
export const missedWork = (): Write[] =>
  Array.from({ length: size.behind }, (_, i) => ({
    ...{ writer: i * 2, record: `need ${i * 2}`, type: 'need', isNew: false },
    fields: { title: `سلة غذائية، ${editMark} ${i}` },
  }))
