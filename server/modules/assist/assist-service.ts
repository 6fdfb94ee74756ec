// Help for an open call: the articles that fit its last lines, and the acts that fit its reasons.
import { sql } from 'kysely'
import type { Assist, AssistArticle } from '#contract/assist.ts'
import type { BusinessConfigData } from '#contract/business.ts'
import type { Call } from '#contract/call.ts'
import type { Db } from '#server/db/database.ts'
import type { Principal } from '#server/domain/principal.ts'
import { type SpokenLine, rankArticles, tellingLexemes } from '#server/domain/rank-articles.ts'
import { suggestActs } from '#server/domain/suggest-acts.ts'
import { listAgents, pickAgent } from '#server/modules/agents/agents-service.ts'
import { findCall } from '#server/modules/calls/calls-service.ts'
import { knowledgeColumns, presentEntry } from '#server/modules/knowledge/knowledge-service.ts'

/** Lines of the caller that are read; “yes” and “go ahead” must not hide what the call is about. */
const linesRead = 30
/** Characters of one line that are looked at. */
const lineChars = 1000
const mostCandidates = 200
const mostArticles = 5
/** Put around found words by the database and taken out here; no text holds them. */
const [opens, closes] = ['\ue000', '\ue001']

/** What helps on the call at `now` (epoch ms). Throws CALL_NOT_FOUND where the reader does not see the call. */
export async function readAssist(db: Db, principal: Principal, callId: string, now: number): Promise<Assist> {
  const { call } = await findCall(db, principal, callId)
  const { companyId } = principal
  const business = await readBusiness(db, companyId, call)
  const lines = await readCallerLines(db, companyId, callId)
  const agents = await listAgents(db, companyId, { is_active: true })
  const skill = business?.type
  const agent = pickAgent(agents, skill ? [skill] : [])
  return {
    as_of: new Date(now).toISOString(),
    articles: await findArticles(db, companyId, call, lines),
    suggestions: suggestActs({
      call,
      role: principal.role,
      skill,
      free: agent
        ? {
            id: agent.id,
            name: agent.name,
            knows:
              skill === undefined || agent.skills.some((own) => own.toLowerCase() === skill.toLowerCase()),
          }
        : null,
      lastWords: lines.at(-1)?.text,
      now,
    }),
    keywords: keywordsOf(business?.config_data),
  }
}

function readBusiness(db: Db, companyId: string, { business_id }: Call) {
  return db
    .selectFrom('businesses')
    .select(['type', 'config_data'])
    .where('company_id', '=', companyId)
    .where('id', '=', business_id ?? '')
    .executeTakeFirst()
}

/** Words that the business's triggers watch for. */
function keywordsOf(config: unknown): string[] {
  const triggers = (config as Partial<BusinessConfigData> | null | undefined)?.escalation?.triggers ?? []
  return [...new Set(triggers.flatMap(({ keywords }) => keywords ?? []))]
}

/** The caller's last lines, oldest first. */
async function readCallerLines(db: Db, companyId: string, callId: string) {
  const rows = await db
    .selectFrom('interactions')
    .select(['id', 'text'])
    .where('company_id', '=', companyId)
    .where('call_id', '=', callId)
    .where('speaker', '=', 'customer')
    .orderBy('id', 'desc')
    .limit(linesRead)
    .execute()
  return rows.reverse().map(({ id, text }) => ({ id, text: text.slice(0, lineChars) }))
}

async function findArticles(
  db: Db,
  companyId: string,
  { business_id = '' }: Call,
  lines: readonly { id: number; text: string }[],
): Promise<AssistArticle[]> {
  const spoken = await lexemesOf(db, lines)
  const wanted = [...new Set(spoken.flatMap(({ lexemes }) => tellingLexemes(lexemes)))]
  if (wanted.length === 0) return []
  // Stems already: the configuration that changes nothing.
  const asked = sql`to_tsquery('simple', ${wanted.join(' | ')})`
  const inScope = db
    .selectFrom('knowledge')
    .where('company_id', '=', companyId)
    .where((eb) => eb.or([eb('business_id', '=', business_id), eb('business_id', 'is', null)]))
  const { total } = await inScope
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const candidates = await inScope
    .select([
      'id',
      sql<string[]>`tsvector_to_array(search)`.as('lexemes'),
      sql<string[]>`tsvector_to_array(ts_filter(search, '{a}'))`.as('titleLexemes'),
    ])
    .where(sql<boolean>`search @@ ${asked}`)
    .orderBy(sql`ts_rank(search, ${asked})`, 'desc')
    .limit(mostCandidates)
    .execute()
  const ranked = rankArticles(spoken, candidates, Number(total)).slice(0, mostArticles)
  if (ranked.length === 0) return []
  const marks = `HighlightAll=true, StartSel=${opens}, StopSel=${closes}`
  const rows = await inScope
    .select(knowledgeColumns)
    .select(
      sql<string>`ts_headline('english', title || ' . ' || left(content, 4000), ${asked}, ${marks})`.as(
        'marked',
      ),
    )
    .where(
      'id',
      'in',
      ranked.map(({ id }) => id),
    )
    .execute()
  return ranked.flatMap(({ id, score, lineId }) => {
    const row = rows.find((one) => one.id === id)
    if (!row) return []
    const { marked, ...entry } = row
    return [{ entry: presentEntry(entry), words: markedWords(marked), line_id: lineId, score }]
  })
}

async function lexemesOf(db: Db, lines: readonly { id: number; text: string }[]): Promise<SpokenLine[]> {
  if (lines.length === 0) return []
  const { rows } = await sql<{ place: number; lexemes: string[] }>`
    select spoken.place, tsvector_to_array(to_tsvector('english', spoken.said)) as lexemes
    from unnest(${lines.map(({ text }) => text)}::text[]) with ordinality as spoken (said, place)
    order by spoken.place`.execute(db)
  return lines.map(({ id }, index) => ({ id, lexemes: rows[index]?.lexemes ?? [] }))
}

/** The words between the marks, in small letters, each once. */
function markedWords(marked: string): string[] {
  const found = marked.matchAll(new RegExp(`${opens}([^${closes}]+)${closes}`, 'gu'))
  return [...new Set([...found].map(([, word = '']) => word.toLowerCase()))]
}
