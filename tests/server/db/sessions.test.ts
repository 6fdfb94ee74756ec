// What belongs together and what does not, on the one session of the embedded engine as on many.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { useDatabase } from '#tests/support/database.ts'

const database = useDatabase()

test('what is said while a transaction runs is no part of it', async () => {
  const { db, live } = database()
  await sql`create table said (words text primary key)`.execute(db)
  const say = (where: typeof db, words: string) => sql`insert into said values (${words})`.execute(where)
  const others: Promise<unknown>[] = []
  const undone = db.transaction().execute(async (tx) => {
    await say(tx, 'inside')
    others.push(say(live, 'live'), say(db, 'beside'))
    await sql`select 1`.execute(tx)
    throw new Error('not this')
  })
  await expect(undone).rejects.toThrow('not this')
  await Promise.all(others)
  const { rows } = await sql<{ words: string }>`select words from said order by words`.execute(db)
  expect(rows.map(({ words }) => words)).toEqual(['beside', 'live'])
})

test('of many statements at once each gets its own answer, and one that fails takes no other with it', async () => {
  const { live } = database()
  const answers = await Promise.allSettled(
    Array.from({ length: 40 }, (_, n) =>
      sql<{ answer: number }>`select ${1000}::integer / ${n % 10}::integer as answer`.execute(live),
    ),
  )
  expect(
    answers.map((each) => (each.status === 'fulfilled' ? each.value.rows[0]?.answer : each.reason.code)),
  ).toEqual(Array.from({ length: 40 }, (_, n) => (n % 10 === 0 ? '22012' : Math.floor(1000 / (n % 10)))))
})
