// A statement with long values as one message of PostgreSQL's protocol, written once: what the clients of both databases do with
// such parameters takes several times their size in texts and buffers, and the collector stops the thread for them.
import { createHash } from 'node:crypto'
import { type BufferStore, ByteWriter } from '#server/db/byte-writer.ts'
import { LongValue } from '#server/db/long-value.ts'

type Value = string | number | LongValue

const isValue = (param: unknown): param is Value =>
  typeof param === 'string' || typeof param === 'number' || param instanceof LongValue

/** True of a statement that goes as such a message: a value is long, and all are texts or numbers. */
export function isLong(params: readonly unknown[]): params is readonly Value[] {
  return params.some((param) => param instanceof LongValue) && params.every(isValue)
}

/** Stands before a statement that comes again and again: each session reads and plans it once. */
export const again = '/* again */'

/** A session keeps a plan for each of them: so many different ones have names, others are planned each time they come. */
const mostNamed = 64
const named = new Map<string, string>()

/** The name a session knows such a statement by: the same text has the same name everywhere. Empty for any other. */
export function nameOf(sql: string): string {
  if (!sql.startsWith(again)) return ''
  let name = named.get(sql)
  if (name === undefined && named.size < mostNamed) {
    name = `again-${createHash('sha1').update(sql).digest('hex')}`
    named.set(sql, name)
  }
  return name ?? ''
}

export interface WireStatement {
  sql: string
  params: readonly Value[]
  /** See `nameOf`. */
  name: string
  /** The session knows it by its name already. */
  isKnown: boolean
}

const letter = { parse: 80, bind: 66, describe: 68, execute: 69, sync: 83, close: 67 }
const [statementKind, portalKind] = [83, 80]

/**
 * The statement as bytes in a buffer that is the receiver's now. Types of the parameters are left to the database, which
 * answers in text.
 */
export function wireMessage(statement: WireStatement, store: BufferStore): Uint8Array<ArrayBuffer> {
  const { sql, params, name, isKnown } = statement
  const out = new ByteWriter(store, 64 * 1024)
  // Whatever the session may hold by this name is let go first: closing what is not there is no error.
  if (name !== '' && !isKnown) message(out, letter.close, () => out.byte(statementKind).text(name).byte(0))
  if (!isKnown) message(out, letter.parse, () => out.text(name).byte(0).text(sql).byte(0).int16(0))
  message(out, letter.bind, () => {
    out.byte(0).text(name).byte(0).int16(0).int16(params.length)
    for (const param of params)
      out.sized(() => (param instanceof LongValue ? param.writeTo(out) : out.text(String(param))))
    out.int16(0)
  })
  message(out, letter.describe, () => out.byte(portalKind).byte(0))
  message(out, letter.execute, () => out.byte(0).int32(0))
  message(out, letter.sync, () => undefined)
  return out.written
}

function message(out: ByteWriter, kind: number, write: () => void): void {
  out.byte(kind).sized(write, true)
}
