// The messages that are written by hand say what was asked to be sent, letter for letter.
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { LongText } from '#server/db/long-value.ts'
import { SpareBuffers } from '#server/db/spare-buffers.ts'
import { again, isLong, nameOf, wireMessage } from '#server/db/wire-message.ts'

/** The parts of a message: their letters, and what is in them after the length. */
function read(bytes: Uint8Array): { letter: string; body: Buffer }[] {
  const parts: { letter: string; body: Buffer }[] = []
  for (let at = 0; at < bytes.length; ) {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset + at)
    const size = view.readInt32BE(1)
    parts.push({ letter: view.toString('latin1', 0, 1), body: view.subarray(5, 1 + size) })
    at += 1 + size
  }
  return parts
}

/** Names, and the values that are bound. */
function readBind(body: Buffer): { portal: string; name: string; values: string[] } {
  const [first, second] = [body.indexOf(0), body.indexOf(0, body.indexOf(0) + 1)]
  let at = second + 1 + 2
  const values = Array.from({ length: body.readUInt16BE(at) }, () => '')
  at += 2
  for (const index of values.keys()) {
    const size = body.readInt32BE(at)
    values[index] = body.toString('utf8', at + 4, at + 4 + size)
    at += 4 + size
  }
  return { portal: body.toString('utf8', 0, first), name: body.toString('utf8', first + 1, second), values }
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary-ascii', maxLength: 60 }),
  fc.nat({ max: 90_000 }).map((length) => 'ü😀x'.repeat(length)),
)

test('values of any length and script arrive as they were, from buffers that were used before', () => {
  const spare = new SpareBuffers()
  fc.assert(
    fc.property(fc.array(fc.oneof(text, fc.integer()), { maxLength: 6 }), text, (others, long) => {
      const params = [...others, new LongText(long)]
      const sql = 'select 1 /* ö */'
      if (!isLong(params)) throw new Error('It has a long value.')
      const bytes = wireMessage({ sql, params, name: '', isKnown: false }, spare)
      const parts = read(bytes)
      expect(parts.map(({ letter }) => letter).join('')).toBe('PBDES')
      expect(parts[0]?.body.toString()).toBe(`\0${sql}\0\0\0`)
      const values = [...others.map(String), long]
      expect(readBind(parts[1]?.body as Buffer)).toEqual({ portal: '', name: '', values })
      spare.keep(bytes.buffer)
    }),
    { numRuns: 150 },
  )
})

test('a statement that comes again is told once, and then called by the name its text has everywhere', () => {
  const sql = `${again} select $1::text`
  const statement = { sql, params: [new LongText('x')], name: nameOf(sql) }
  const letters = (isKnown: boolean) =>
    read(wireMessage({ ...statement, isKnown }, new SpareBuffers())).map(({ letter }) => letter)
  expect(letters(false).join('')).toBe('CPBDES')
  expect(letters(true).join('')).toBe('BDES')
  expect(nameOf(sql)).not.toBe(nameOf(`${sql}, 2`))
  expect(nameOf(sql).length).toBeLessThan(64)
  expect(nameOf('select $1::text')).toBe('')
})

test('no session is asked to keep plans of any number of statements', async () => {
  vi.resetModules()
  const fresh = await import('#server/db/wire-message.ts')
  const nameAll = () => Array.from({ length: 500 }, (_, index) => fresh.nameOf(`${again} select ${index}`))
  const names = nameAll()
  expect(names[0]).not.toBe('')
  expect(names.at(-1)).toBe('')
  expect(new Set(names).size).toBeLessThan(100)
  expect(nameAll()).toEqual(names)
})
