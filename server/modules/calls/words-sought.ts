// Words that are sought in what was said: how they are asked for, which calls nobody indexed yet hold them, and in which lines.
import { sql } from 'kysely'
import type { CallHit } from '#contract/call-endpoints.ts'
import { sentimentLabel } from '#contract/call-rules.ts'
import type { Db } from '#server/db/database.ts'
import { ApiError } from '#server/domain/api-error.ts'

export interface WordsSought {
  /** As the database writes a query: all of them, phrases, without. */
  query: string
  /** Any of the words that are wanted: what is marked in a line. */
  any: string
  /** Beginnings, one of which stands in every line that holds a word; far cheaper to look for. */
  beginnings: readonly string[]
}

/** Calls, or calls' lines, read in one statement. */
const callsAtOnce = 40
const hitsOfCall = 3
/** Around what is marked; private characters that nobody says. */
const [markStart, markEnd] = ['\ue000', '\ue001']

/** Understands what somebody typed. Throws 400 where no word is left to look for. */
export async function askWords(db: Db, text: string): Promise<WordsSought> {
  const { rows } = await sql<{ query: string; tree: string }>`select q::text as query, querytree(q) as tree
    from websearch_to_tsquery('english', ${text}) q`.execute(db)
  const { query = '', tree = '' } = rows[0] ?? {}
  const lexemes = [...tree.matchAll(/'((?:[^']|'')+)'/g)].map(([, word = '']) => word)
  if (lexemes.length === 0) {
    const message = 'Write a word to look for; little words such as "the" are in every call.'
    throw new ApiError('VALIDATION_ERROR', `query.text: ${message}`, [{ field: 'query.text', message }])
  }
  return {
    query,
    any: lexemes.map((word) => `'${word}'`).join(' | '),
    // A stem may end in another letter than the word it was made of, and short ones in two.
    beginnings: lexemes.map((word) => {
      const stem = word.replaceAll("''", "'")
      const beginning = stem.length > 3 ? stem.slice(0, -1) : stem.slice(0, 1)
      return `%${beginning.replace(/[\\%_]/g, '\\$&')}%`
    }),
  }
}

function* slices<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size)
}

/** Which of the calls hold the words, by reading their lines: for calls whose words are not indexed. */
export async function callsThatHold(
  db: Db,
  companyId: string,
  { query, beginnings }: WordsSought,
  ids: readonly string[],
): Promise<Set<string>> {
  const holding = new Set<string>()
  for (const some of slices(ids, callsAtOnce)) {
    const { rows } = await sql<{ call_id: string }>`select call_id from interactions
      where company_id = ${companyId} and call_id = any(${some}::text[])
      group by call_id having bool_or(text ilike any(${[...beginnings]}::text[]))
        and to_tsvector('english', left(string_agg(text, ' ' order by id), 400000)) @@ ${query}::tsquery`.execute(
      db,
    )
    for (const { call_id } of rows) holding.add(call_id)
  }
  return holding
}

interface FoundLine {
  call_id: string
  id: number
  speaker: CallHit['speaker']
  text: string
  marked: string
  at: Date
  sentiment_score: number | null
}

/** The lines of the calls in which the words are, at most three a call: those with most of them, in their order. */
export async function readHits(
  db: Db,
  companyId: string,
  { query, any, beginnings }: WordsSought,
  ids: readonly string[],
): Promise<CallHit[]> {
  const hits: CallHit[] = []
  for (const some of slices(ids, callsAtOnce)) {
    const { rows } = await sql<FoundLine>`select call_id, id, speaker, text, at, sentiment_score,
        ts_headline('english', text, ${any}::tsquery,
          ${`HighlightAll=true, StartSel=${markStart}, StopSel=${markEnd}`}) as marked
      from (select *, row_number() over (partition by call_id
          order by (words @@ ${query}::tsquery) desc, ts_rank(words, ${any}::tsquery) desc, id) as place
        from (select call_id, id, speaker, text, at, sentiment_score, to_tsvector('english', text) as words
          from interactions where company_id = ${companyId} and call_id = any(${some}::text[])
            and text ilike any(${[...beginnings]}::text[])) l
        where words @@ ${any}::tsquery) best
      where place <= ${hitsOfCall} order by call_id, id`.execute(db)
    hits.push(...rows.map(presentHit))
  }
  return hits
}

function presentHit({ call_id, id, speaker, text, marked, at, sentiment_score: score }: FoundLine): CallHit {
  return {
    call_id,
    interaction_id: id,
    speaker,
    text,
    marks: marksOf(text, marked),
    at: at.toISOString(),
    ...(score === null ? {} : { sentiment: { score, label: sentimentLabel(score) } }),
  }
}

/** Where the marked text has its marks, as positions in the plain one; none where they do not fit together. */
function marksOf(text: string, marked: string): [number, number][] {
  const marks: [number, number][] = []
  let plain = ''
  for (const [index, part] of marked.split(markStart).entries()) {
    if (index === 0) {
      plain = part
      continue
    }
    const [word = '', rest = ''] = part.split(markEnd)
    marks.push([plain.length, plain.length + word.length])
    plain += word + rest
  }
  return plain === text ? marks : []
}
