// Help for whoever reads a call: articles that fit what the caller just said, and what could be done now, with why.
import { z } from 'zod'
import { endpoint } from '#contract/endpoint.ts'
import { KnowledgeEntry } from '#contract/knowledge.ts'
import { CallParams, Id, Instant } from '#contract/primitives.ts'

/** An article that fits, and by which words. */
export const AssistArticle = z
  .object({
    entry: KnowledgeEntry,
    /** Words of title and content that the caller used in this or another form, in small letters. */
    words: z.array(z.string()),
    /** The newest line of the caller that it fits. */
    line_id: z.number().int(),
    /** Larger fits better; comparable within one answer only. */
    score: z.number(),
  })
  .meta({ id: 'AssistArticle' })
export type AssistArticle = z.infer<typeof AssistArticle>

/** Something a supervisor could do now. The console opens the act with what is given here; nothing is done by itself. */
export const Suggestion = z
  .object({
    /** The attention reason it answers, e.g. `asked_for_human`. */
    code: z.string(),
    /** Why, in words: `Asked for a person twice`. */
    reason: z.string(),
    act: z.enum(['escalate', 'message', 'resume']),
    /** What, in words: `Escalate to Dana Whitfield`. */
    label: z.string(),
    /** What makes it possible or better: `Free now, knows roofing`. */
    detail: z.string().optional(),
    /** What the act's form begins with. */
    prefill: z.object({
      text: z.string().optional(),
      reason: z.string().optional(),
      agent_id: Id.optional(),
    }),
  })
  .meta({ id: 'Suggestion' })
export type Suggestion = z.infer<typeof Suggestion>

export const Assist = z
  .object({
    as_of: Instant,
    /** Best first, at most 5. */
    articles: z.array(AssistArticle),
    /** Most pressing first, at most 3. */
    suggestions: z.array(Suggestion),
    /** Words that the call's business watches for (its escalation keywords), to be marked in the transcript. */
    keywords: z.array(z.string()),
  })
  .meta({ id: 'Assist' })
export type Assist = z.infer<typeof Assist>

export const callsAssist = endpoint({
  id: 'calls-assist',
  summary: 'Articles and next acts that fit the call now',
  method: 'GET',
  path: '/api/v1/calls/:call_id/assist',
  capability: 'knowledge.read',
  params: CallParams,
  responses: { 200: Assist },
  errors: ['CALL_NOT_FOUND'],
})
