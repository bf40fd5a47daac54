/** Writes of the same moment share one transaction, and its fate. */
import { expect, it, vi } from 'vitest'
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

it('a write after a pause waits for nobody, those right after it for each other', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  try {
    const { log, group, write } = start()
    const turn = () => new Promise((resolve) => setImmediate(resolve))
    group.add(write('a'))
    await turn()
    expect(log).toEqual(['begin', 'a', 'commit'])
    const late = [group.add(write('b'))]
    await turn()
    late.push(group.add(write('c')))
    vi.advanceTimersByTime(19)
    expect(log).toHaveLength(3)
    vi.advanceTimersByTime(1)
    expect(log.slice(3)).toEqual(['begin', 'b', 'c', 'commit'])
    expect(await Promise.all(late)).toEqual(['b done', 'c done'])
  } finally {
    vi.useRealTimers()
  }
})

it('a slow disk is left alone for twice as long as it took, at most 20 ms', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  try {
    let commits = 0
    let diskMs = 5
    const group = createGroupCommit<null>((writes) => {
      writes()
      commits++
      vi.advanceTimersByTime(diskMs)
    }, 1)
    const commitsAfter = (ms: number): number => {
      group.add(() => null)
      vi.advanceTimersByTime(ms)
      return commits
    }
    group.add(() => null)
    group.flush()
    diskMs = 1000
    expect([commitsAfter(9), commitsAfter(1)]).toEqual([1, 2])
    expect([commitsAfter(19), commitsAfter(1)]).toEqual([2, 3])
  } finally {
    vi.useRealTimers()
  }
})

it('a flush of nothing commits nothing', () => {
  const { log, group } = start()
  group.flush()
  expect(log).toEqual([])
})
