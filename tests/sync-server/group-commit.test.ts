/** Writes of the same moment share one transaction, and its fate. */
import { expect, it } from 'vitest'
import { createGroupCommit } from '../../sync-server/storage/group-commit.ts'

/** Says in which order things happened. */
const start = (commitFails = () => false) => {
  const log: string[] = []
  const group = createGroupCommit<string>((writes) => {
    log.push('begin')
    writes()
    if (commitFails()) throw new Error('disk')
    log.push('commit')
  }, 20)
  const write = (name: string) => () => {
    log.push(name)
    return `${name} done`
  }
  return { log, group, write }
}

it('[R11] many writes share one commit, and none is done before it', async () => {
  const { log, group, write } = start()
  const done = ['a', 'b', 'c'].map((name) => group.add(write(name)).then((value) => log.push(value)))
  await Promise.all(done)
  expect(log).toEqual(['begin', 'a', 'b', 'c', 'commit', 'a done', 'b done', 'c done'])
})

it('[R11] a commit that fails fails all of its writes, and the next one is its own', async () => {
  let isFull = true
  const { log, group, write } = start(() => isFull)
  const refused = Promise.allSettled([group.add(write('a')), group.add(write('b'))])
  group.flush()
  expect((await refused).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  isFull = false
  const next = group.add(write('c'))
  group.flush()
  expect(await next).toBe('c done')
  expect(log).toEqual(['begin', 'a', 'b', 'begin', 'c', 'commit'])
})

it('a write that throws takes its whole group along', async () => {
  const { group, write } = start()
  const fault = () => {
    throw new Error('broken')
  }
  const results = Promise.allSettled([group.add(write('a')), group.add(fault)])
  group.flush()
  expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})

it('a flush of nothing commits nothing', () => {
  const { log, group } = start()
  group.flush()
  expect(log).toEqual([])
})
