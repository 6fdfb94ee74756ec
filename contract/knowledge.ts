// What the company knows: short articles that the AI and its supervisors look things up in.
import { z } from 'zod'
import { endpoint } from '#contract/endpoint.ts'
import { Id, Instant, Metadata, PageQuery, Pagination } from '#contract/primitives.ts'

export const KnowledgeEntry = z
  .object({
    id: z.number().int(),
    /** Absent: it holds for every business of the company. */
    business_id: Id.optional(),
    title: z.string(),
    content: z.string(),
    source: z.string().optional(),
    /** `manual`, `pdf`, `docx`, `txt`. */
    source_type: z.string().optional(),
    vector_id: z.string().optional(),
    metadata: Metadata,
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'KnowledgeEntry' })
export type KnowledgeEntry = z.infer<typeof KnowledgeEntry>

export const KnowledgeListQuery = z.object({
  ...PageQuery,
  /** Articles of this business and those that hold for all. */
  business_id: Id.optional(),
  /** Words as one types them into a search engine: `"exact words"`, `-without`, `or`. Best first, else newest first. */
  search: z.string().max(200).optional(),
})
export type KnowledgeListQuery = z.infer<typeof KnowledgeListQuery>

export const knowledgeList = endpoint({
  id: 'knowledge-list',
  summary: 'List and search knowledge articles',
  method: 'GET',
  path: '/api/v1/knowledge',
  capability: 'knowledge.read',
  query: KnowledgeListQuery,
  responses: { 200: z.object({ entries: z.array(KnowledgeEntry), pagination: Pagination }) },
})

export const KnowledgeCreateBody = z.object({
  business_id: Id.optional(),
  title: z.string().trim().min(1, 'Give the article a title.').max(200, 'Use at most 200 characters.'),
  content: z.string().trim().min(1, 'Write the article.').max(50_000, 'Use at most 50,000 characters.'),
  source: z.string().max(500).optional(),
  source_type: z.string().max(40).optional(),
  metadata: Metadata.optional(),
})
export type KnowledgeCreateBody = z.infer<typeof KnowledgeCreateBody>

export const knowledgeCreate = endpoint({
  id: 'knowledge-create',
  summary: 'Add a knowledge article',
  method: 'POST',
  path: '/api/v1/knowledge',
  capability: 'knowledge.write',
  body: KnowledgeCreateBody,
  responses: { 201: z.object({ entry: KnowledgeEntry, message: z.string() }) },
})

export const knowledgeDelete = endpoint({
  id: 'knowledge-delete',
  summary: 'Delete a knowledge article',
  method: 'DELETE',
  path: '/api/v1/knowledge/:entry_id',
  capability: 'knowledge.write',
  params: z.object({ entry_id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
  responses: { 200: z.object({ success: z.boolean(), message: z.string().optional() }) },
  errors: ['NOT_FOUND'],
})
