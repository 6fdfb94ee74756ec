// The company's articles: listing and searching them, adding and deleting.
import { type Selectable, sql } from 'kysely'
import type { KnowledgeCreateBody, KnowledgeEntry, KnowledgeListQuery } from '#contract/knowledge.ts'
import type { Pagination } from '#contract/primitives.ts'
import type { Db } from '#server/db/database.ts'
import type { KnowledgeTable } from '#server/db/schema.ts'
import { ApiError } from '#server/domain/api-error.ts'

export type KnowledgeRow = Omit<Selectable<KnowledgeTable>, 'search'>

/** All columns but the index over the words. */
export const knowledgeColumns = [
  'company_id',
  'id',
  'business_id',
  'title',
  'content',
  'source',
  'source_type',
  'vector_id',
  'metadata',
  'created_at',
  'updated_at',
] as const

/** The entry as it goes out. */
export function presentEntry(row: KnowledgeRow): KnowledgeEntry {
  const entry: KnowledgeEntry = {
    id: row.id,
    title: row.title,
    content: row.content,
    metadata: row.metadata,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
  if (row.business_id !== null) entry.business_id = row.business_id
  if (row.source !== null) entry.source = row.source
  if (row.source_type !== null) entry.source_type = row.source_type
  if (row.vector_id !== null) entry.vector_id = row.vector_id
  return entry
}

/** One page of articles: with words the best first, else the newest. */
export async function listKnowledge(
  db: Db,
  companyId: string,
  { page, limit, business_id, search }: KnowledgeListQuery,
): Promise<{ entries: KnowledgeEntry[]; pagination: Pagination }> {
  const words = search?.trim()
  const asked = sql`websearch_to_tsquery('english', ${words ?? ''})`
  let base = db.selectFrom('knowledge').where('company_id', '=', companyId)
  if (business_id !== undefined)
    base = base.where((eb) => eb.or([eb('business_id', '=', business_id), eb('business_id', 'is', null)]))
  if (words) base = base.where(sql<boolean>`search @@ ${asked}`)
  const counted = await base.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const total = Number(counted.total)
  let rows = base.select(knowledgeColumns)
  if (words) rows = rows.orderBy(sql`ts_rank(search, ${asked})`, 'desc')
  const found = await rows
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset((page - 1) * limit)
    .execute()
  const total_pages = Math.ceil(total / limit)
  return {
    entries: found.map(presentEntry),
    pagination: { page, limit, total, total_pages, has_next: page < total_pages, has_prev: page > 1 },
  }
}

/** Takes `count` ids; the first of them. The counter is the company's, shared with lines and notes. */
async function takeIds(db: Db, companyId: string, count: number): Promise<number> {
  const { last_id } = await db
    .updateTable('company_heads')
    .set((eb) => ({ last_id: eb('last_id', '+', count) }))
    .where('company_id', '=', companyId)
    .returning('last_id')
    .executeTakeFirstOrThrow()
  return last_id - count + 1
}

/** Adds articles in the order given; `now` in epoch ms. A business that is not the company's is refused by its field. */
export async function addKnowledge(
  db: Db,
  companyId: string,
  articles: readonly KnowledgeCreateBody[],
  now: number,
): Promise<KnowledgeEntry[]> {
  const wanted = [...new Set(articles.flatMap(({ business_id }) => business_id ?? []))]
  if (wanted.length > 0) {
    const known = await db
      .selectFrom('businesses')
      .select('id')
      .where('company_id', '=', companyId)
      .where('id', 'in', wanted)
      .execute()
    if (known.length < wanted.length)
      throw new ApiError('VALIDATION_ERROR', 'body.business_id: There is no such business.', [
        { field: 'body.business_id', message: 'There is no such business.' },
      ])
  }
  const first = await takeIds(db, companyId, articles.length)
  const at = new Date(now).toISOString()
  const rows = await db
    .insertInto('knowledge')
    .values(
      articles.map((article, index) => ({
        company_id: companyId,
        id: first + index,
        business_id: article.business_id ?? null,
        title: article.title,
        content: article.content,
        source: article.source ?? null,
        source_type: article.source_type ?? 'manual',
        vector_id: null,
        metadata: JSON.stringify(article.metadata ?? {}),
        created_at: at,
        updated_at: at,
      })),
    )
    .returning(knowledgeColumns)
    .execute()
  return rows.map(presentEntry)
}

/** Deletes an article of the company; throws NOT_FOUND for any other. */
export async function deleteKnowledge(db: Db, companyId: string, id: number): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('knowledge')
    .where('company_id', '=', companyId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new ApiError('NOT_FOUND', 'There is no such article.')
}
