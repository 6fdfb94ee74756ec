// Long statements on a PostgreSQL of their own: planned once a session, and told anew where a session has forgotten them.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openDatabase } from '#server/db/database.ts'
import { LongText } from '#server/db/long-value.ts'
import { again } from '#server/db/wire-message.ts'
import { makePostgres } from '#tests/support/postgres.ts'

test('what is written again and again is stored each time, also behind a pooler that forgets statements', async (context) => {
  const postgres = await makePostgres()
  if ('reason' in postgres) return context.skip(postgres.reason)
  const { live, close } = await openDatabase({ url: postgres.url })
  try {
    await sql`create table said (words text not null)`.execute(live)
    const say = (words: string) =>
      sql`${sql.raw(again)} insert into said select unnest(string_to_array(${new LongText(words)}::text, ' '))`.execute(
        live,
      )
    const count = async () =>
      (await sql<{ words: string }>`select words from said order by words`.execute(live)).rows.length
    await say('one two')
    await say('three')
    const { rows } = await sql`select 1 from pg_prepared_statements where name like 'again-%'`.execute(live)
    expect([rows.length, await count()]).toEqual([1, 3])
    // A fault is told as the client tells it, and the session goes on.
    await sql`alter table said add constraint short check (length(words) < 9)`.execute(live)
    await expect(say('fine muchtoolong')).rejects.toMatchObject({ code: '23514' })
    await say('four')
    await sql`deallocate all`.execute(live)
    await say('five six')
    await say('seven')
    expect(await count()).toBe(7)
  } finally {
    await close()
    postgres.remove()
  }
})
