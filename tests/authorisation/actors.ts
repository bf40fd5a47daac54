/** Who acts in the matrix, and how the place of each in the network changes. */

import type { Saw, Seat } from '../support/council.ts'
import { keyPairOf } from '../support/keys.ts'
import type { Stage } from './stage.ts'

export interface Actor {
  /** as the tables of `verdicts.md` name him */
  name: string
  /** what the later columns are about; null for whom nothing ever changes */
  change: string | null
  /** who he is; outsiders make themselves a list, which no relay has taken */
  enter: (stage: Stage) => Promise<Seat>
  isOutside?: boolean
  /** with only a founder and a coordinator there is nobody who could make some of these changes */
  end?: (stage: Stage, saw: Saw) => Promise<void>
}

const seated =
  (person: string) =>
  async (stage: Stage): Promise<Seat> =>
    stage.person(person as 'founder')

const demotion =
  (whom: string, ...by: string[]) =>
  async (stage: Stage, saw: Saw): Promise<void> => {
    const device = stage.person(whom as 'founder').id
    for (const name of by)
      await stage.council.say(stage.person(name as 'founder'), { type: 'role', device, role: 'member' }, saw)
  }

const removal =
  (whom: string, ...by: string[]) =>
  async (stage: Stage, saw: Saw): Promise<void> => {
    for (const name of by)
      await stage.remove(stage.person(name as 'founder'), stage.person(whom as 'founder'), saw)
  }

/** In the order of the tables. */
export const actors: readonly Actor[] = [
  {
    name: 'founder',
    change: 'made a member by two others',
    enter: seated('founder'),
    end: demotion('founder', 'coordinator', 'junior'),
  },
  {
    name: 'coordinator',
    change: 'made a member by founder and junior',
    enter: seated('coordinator'),
    end: demotion('coordinator', 'founder', 'junior'),
  },
  {
    name: 'junior',
    change: 'made a member by founder and coordinator',
    enter: seated('junior'),
    end: demotion('junior', 'founder', 'coordinator'),
  },
  {
    name: 'member',
    change: 'made a follower by the founder',
    enter: seated('member'),
    end: async ({ council, people }, saw) => {
      const device = (people.member as Seat).id
      await council.say(people.founder as Seat, { type: 'role', device, role: 'follower' }, saw)
    },
  },
  {
    name: 'follower',
    change: 'removed by the founder',
    enter: seated('follower'),
    end: removal('follower', 'founder'),
  },
  {
    name: 'second phone',
    change: 'retired by the first phone of its owner',
    enter: seated('phone'),
    end: async (stage, saw) => {
      const { owner, phone, founder } = stage.people as Record<string, Seat>
      if (!owner || !phone || !founder) return
      await stage.council.say(owner, { type: 'retire', device: phone.id }, saw)
      const pins = stage.pinsOf(phone)
      // a coordinator's phone does this by itself
      if (pins.size > 0) await stage.council.say(founder, { type: 'pin', devices: [phone.id], pins })
    },
  },
  {
    name: 'removed founder',
    change: 'removed by two others',
    enter: seated('founder'),
    end: removal('founder', 'coordinator', 'junior'),
  },
  {
    name: 'removed coordinator',
    change: 'removed by founder and coordinator',
    enter: seated('junior'),
    end: removal('junior', 'founder', 'coordinator'),
  },
  {
    name: 'removed member',
    change: 'removed by the junior',
    enter: seated('leaver'),
    end: removal('leaver', 'junior'),
  },
  {
    name: 'waiting asker',
    change: 'his invite is cancelled',
    enter: seated('waiting'),
    end: async ({ council, people }, saw) => {
      const { raw } = await keyPairOf('careful')
      await council.say(people.founder as Seat, { type: 'cancel', key: raw }, saw)
    },
  },
  {
    name: 'refused asker',
    change: null,
    isOutside: true,
    enter: ({ council }) => council.ask('refused', 'dead'),
  },
  { name: 'outsider', change: null, isOutside: true, enter: ({ council }) => council.seat('outsider') },
  {
    name: 'thief of a used link',
    change: null,
    isOutside: true,
    enter: ({ council }) => council.ask('thief', 'used'),
  },
]

/** Writes in the place of the founder, without his key: whatever a relay may send to phones. */
export const hostileRelay = async (stage: Stage): Promise<Seat> => {
  const relay = await stage.council.seat('relay')
  return stage.forge(stage.person('founder'), relay)
}
