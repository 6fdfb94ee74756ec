// Turns on the one session: what goes before what, and what is handed over while something else is being done.
import { expect, test } from 'vitest'
import { SessionTurns, longestWaitMs } from '#server/db/session-turns.ts'

/** Turns with statements that end when they are told to, and what was handed over, in order. */
function rig() {
  let now = 0
  const sent: string[] = []
  const ends = new Map<string, () => void>()
  const turns = new SessionTurns(() => now)
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return {
    turns,
    sent,
    pass: (ms: number) => {
      now += ms
    },
    say: (lane: 'live' | 'normal', name: string) =>
      turns.alone(lane, () => {
        sent.push(name)
        return new Promise<void>((resolve) => ends.set(name, resolve))
      }),
    end: (name: string) => {
      ends.get(name)?.()
      return settled()
    },
    settled,
  }
}

test('live statements are handed over while another one is done, what can wait waits for all of them', async () => {
  const { say, sent, end } = rig()
  void say('live', 'a')
  void say('normal', 'later')
  void say('live', 'b')
  void say('live', 'c')
  expect(sent).toEqual(['a', 'b', 'c'])
  await end('a')
  await end('b')
  expect(sent).toEqual(['a', 'b', 'c'])
  await end('c')
  expect(sent).toEqual(['a', 'b', 'c', 'later'])
})

test('what can wait is handed over one at a time, and a live statement goes before the rest of it', async () => {
  const { say, sent, end } = rig()
  for (const name of ['1', '2', '3']) void say('normal', name)
  expect(sent).toEqual(['1'])
  void say('live', 'a')
  expect(sent).toEqual(['1', 'a'])
  await end('1')
  await end('a')
  expect(sent).toEqual(['1', 'a', '2'])
})

test('under a load without end what has waited long gets its turn between two live statements', async () => {
  const { say, sent, end, pass } = rig()
  void say('live', 'a')
  void say('normal', '1')
  void say('normal', '2')
  void say('live', 'b')
  pass(longestWaitMs + 1)
  void say('live', 'c')
  await end('a')
  expect(sent).toEqual(['a', 'b'])
  await end('b')
  expect(sent).toEqual(['a', 'b', '1', 'c'])
  void say('live', 'd')
  await end('1')
  await end('c')
  expect(sent).toEqual(['a', 'b', '1', 'c', '2', 'd'])
})

test('a transaction waits until all is done, has the session for itself, and others go on behind it', async () => {
  const { turns, say, sent, end, settled } = rig()
  void say('live', 'a')
  const held = turns.hold('live').then(() => sent.push('held'))
  void say('live', 'b')
  await settled()
  expect(sent).toEqual(['a'])
  await end('a')
  await held
  expect(sent).toEqual(['a', 'held'])
  turns.release()
  expect(sent).toEqual(['a', 'held', 'b'])
})

test('a statement that fails takes no turn from the next one', async () => {
  const { turns, say, sent } = rig()
  const failed = turns.alone('normal', () => Promise.reject(new Error('no such table')))
  void say('normal', 'next')
  await expect(failed).rejects.toThrow('no such table')
  expect(sent).toEqual(['next'])
})

test('when the session ends, who waits for it and who comes is refused', async () => {
  const { turns, say, sent } = rig()
  void say('live', 'a')
  const waiting = [say('normal', '1'), turns.hold('live')]
  turns.end(new Error('gone'))
  for (const each of [...waiting, say('live', 'b'), turns.hold('normal')])
    await expect(each).rejects.toThrow('gone')
  expect(sent).toEqual(['a'])
})
