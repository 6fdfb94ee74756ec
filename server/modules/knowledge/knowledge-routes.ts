// The endpoints of the company's knowledge.
import { knowledgeCreate, knowledgeDelete, knowledgeList } from '#contract/knowledge.ts'
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'
import { addKnowledge, deleteKnowledge, listKnowledge } from '#server/modules/knowledge/knowledge-service.ts'

export function registerKnowledge(register: RegisterEndpoint, { db, clock }: { db: Db; clock: Clock }): void {
  register(knowledgeList, async ({ principal, query }) => ({
    status: 200,
    body: await listKnowledge(db, principal.companyId, wellFormed(query)),
  }))

  register(knowledgeCreate, async ({ principal, body }) => {
    const [entry] = await addKnowledge(db, principal.companyId, [wellFormed(body)], clock.now())
    if (!entry) throw new Error('The article was not returned.')
    return { status: 201, body: { entry, message: 'Article added.' } }
  })

  register(knowledgeDelete, async ({ principal, params }) => {
    await deleteKnowledge(db, principal.companyId, params.entry_id)
    return { status: 200, body: { success: true, message: 'Article deleted.' } }
  })
}
