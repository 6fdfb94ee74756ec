// Sends a statement with long values to PostgreSQL as one message of our own making, over a connection of its client.
import pg from 'pg'
import { SpareBuffers } from '#server/db/spare-buffers.ts'
import { nameOf, type WireStatement, wireMessage } from '#server/db/wire-message.ts'

const spare = new SpareBuffers()

/** SQLSTATE of a statement that the session does not know by the name, as behind a pooler that shares sessions out. */
const unknownStatement = '26000'

/** Connections that do not keep what they were told. */
let keepsNames = true

/** What the client remembers of a connection: the statements it knows by their names. */
interface Known {
  parsedStatements: Record<string, string | undefined>
}

/** Rejects with what the database says, as the client's own `query` does. */
export async function sendLong(
  client: pg.ClientBase,
  sql: string,
  params: WireStatement['params'],
): Promise<pg.QueryResult> {
  const name = keepsNames ? nameOf(sql) : ''
  try {
    return await send(client, sql, params, name)
  } catch (error) {
    if (name === '' || (error as { code?: unknown }).code !== unknownStatement) throw error
    // Nothing was done: from now on each statement is told as a whole.
    keepsNames = false
    return send(client, sql, params, '')
  }
}

function send(
  client: pg.ClientBase,
  sql: string,
  params: WireStatement['params'],
  name: string,
): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const query = new pg.Query({ text: sql, name }, (error, result) =>
      error ? reject(error) : resolve(result as unknown as pg.QueryResult),
    )
    // An error that is given back is told as the query's own; one that is thrown would leave the client waiting for ever.
    query.submit = (connection): Error | null => {
      try {
        const { parsedStatements } = connection as unknown as Known
        const isKnown = name !== '' && parsedStatements[name] === sql
        const message = wireMessage({ sql, params, name, isKnown }, spare)
        connection.stream.write(message, () => spare.keep(message.buffer))
        return null
      } catch (error) {
        return error as Error
      }
    }
    client.query(query)
  })
}
