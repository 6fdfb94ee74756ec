// What is read of calls: the list, one call with what hangs on it, its transcript.
import { z } from 'zod'
import { HumanAgent } from '#contract/agent.ts'
import { Call, CallDirection, Sentiment, SentimentLabel, Speaker } from '#contract/call.ts'
import { callStatuses, requestStatuses } from '#contract/call-rules.ts'
import { endpoint } from '#contract/endpoint.ts'
import {
  CallParams,
  Id,
  Instant,
  PageQuery,
  Pagination,
  QueryBoolean,
  commaList,
  faultsOf,
} from '#contract/primitives.ts'
import { isZone } from '#contract/zone-calendar.ts'
import { CallInteraction, CallNote, Escalation, Intervention, QAScore } from '#contract/transcript.ts'

const ratioQuery = z.coerce.number().min(0).max(1).optional()
const secondsQuery = z.coerce.number().min(0).optional()

/** A date without a time means the whole day of `zone`. */
const dateQuery = z.union([Instant, z.iso.date().refine((text) => !text.startsWith('0000'))]).optional()

/** Ranges of a filter whose ends must not be turned round. */
const ranges = [
  ['min_qa_score', 'max_qa_score'],
  ['min_sentiment_score', 'max_sentiment_score'],
  ['min_duration', 'max_duration'],
] as const

/** The filters mean what `passesFilter` says; they are combined by "and". */
export const CallsListQuery = z
  .object({
    ...PageQuery,
    /** The `next` of an earlier page: later pages go on behind it, so that calls which came meanwhile move nothing (addition). */
    after: z.string().max(600).optional(),
    /** One status or a comma list. */
    status: commaList(z.enum(callStatuses)).optional(),
    direction: CallDirection.optional(),
    /** `none`: calls without a business (addition). */
    business_id: Id.optional(),
    from_date: dateQuery,
    to_date: dateQuery,
    /** Weekday and hour at which the call started, on the clocks of `zone`; 0 is Sunday (addition). */
    weekday: z.coerce.number().int().min(0).max(6).optional(),
    hour: z.coerce.number().int().min(0).max(23).optional(),
    /** IANA zone of dates, weekday and hour; that of the company when absent, else UTC (addition). */
    zone: z.string().refine(isZone, 'Write an IANA zone, for example America/Chicago.').optional(),
    /** Digits of a phone number, or the beginning of a call id. */
    search: z.string().max(200).optional(),
    /**
     * Words that were said: all of them, in any line of the call; `"in this order"` and `-without` as in search engines
     * (addition). The answer's `hits` name the lines.
     */
    text: z.string().trim().min(1).max(200).optional(),
    sort_by: z.enum(['started_at', 'duration', 'qa_score']).default('started_at'),
    sort_order: z.enum(['asc', 'desc']).default('desc'),
    min_qa_score: ratioQuery,
    max_qa_score: ratioQuery,
    sentiment: SentimentLabel.optional(),
    min_sentiment_score: ratioQuery,
    max_sentiment_score: ratioQuery,
    /** Seconds. */
    min_duration: secondsQuery,
    max_duration: secondsQuery,
    agent_id: Id.optional(),
    answered_by: z.enum(['ai', 'human', 'none']).optional(),
    /** Answered by the AI or by a person (addition). */
    answered: QueryBoolean.optional(),
    escalation_status: z.enum(['pending', 'in_progress', 'completed']).optional(),
    /** Asked for a person, whatever came of it (addition). */
    escalated: QueryBoolean.optional(),
    /** A person was asked for on it for this reason (addition). */
    trigger_type: z.string().trim().min(1).max(80).optional(),
    /** A request for a person on it stands so; with `trigger_type` the same request (addition). */
    request_status: z.enum(requestStatuses).optional(),
    /** QA flagged it with this issue, as analytics name it (addition). */
    qa_issue: z.string().trim().min(1).max(300).optional(),
    missed: QueryBoolean.optional(),
    /** A manager's note hangs on it (addition). */
    has_note: QueryBoolean.optional(),
  })
  .check((payload) => {
    const fault = faultsOf(payload)
    for (const [min, max] of ranges) {
      const [from, to] = [payload.value[min], payload.value[max]]
      if (from !== undefined && to !== undefined && from > to) fault(max, `Write a value from ${min} on.`)
    }
  })
export type CallsListQuery = z.infer<typeof CallsListQuery>

/** A line in which sought words were said. */
export const CallHit = z
  .object({
    call_id: Id,
    interaction_id: z.number().int(),
    speaker: Speaker,
    text: z.string(),
    /** Where in `text` the words stand: first character, and the one behind the last. */
    marks: z.array(z.tuple([z.number().int(), z.number().int()])),
    at: Instant,
    sentiment: Sentiment.optional(),
  })
  .meta({ id: 'CallHit' })
export type CallHit = z.infer<typeof CallHit>

export const CallsPagination = Pagination.extend({
  /** False where there are more than `total`, which were counted in the time an answer may take; else absent (addition). */
  total_exact: z.literal(false).optional(),
  /** Where the next page begins, for `after`; absent on the last page (addition). */
  next: z.string().optional(),
}).meta({ id: 'CallsPagination' })
export type CallsPagination = z.infer<typeof CallsPagination>

export const callsList = endpoint({
  id: 'calls-list',
  summary: 'List calls, newest first; filter, sort and search what was said',
  method: 'GET',
  path: '/api/v1/calls',
  capability: 'calls.read',
  query: CallsListQuery,
  responses: {
    200: z.object({
      calls: z.array(Call),
      pagination: CallsPagination,
      /** With `text`: the best lines of each call of the page, at most three a call, oldest first (addition). */
      hits: z.array(CallHit).optional(),
      /** With `text`: ended calls whose words are not indexed yet and were not looked at; absent when none (addition). */
      not_searched: z.number().int().optional(),
    }),
  },
})

/** What calls can be filtered by that has a name of its own. */
export const callFiltersGet = endpoint({
  id: 'call-filters-get',
  summary: 'Businesses and agents that calls can be filtered by',
  method: 'GET',
  path: '/api/v1/call-filters',
  capability: 'calls.read',
  responses: {
    200: z.object({
      businesses: z.array(z.object({ id: Id, name: z.string() })),
      /** Also those who do not work here any more: their calls are still there. */
      agents: z.array(z.object({ id: Id, name: z.string() })),
    }),
  },
})

export const CallDetail = z
  .object({
    call: Call,
    interactions_count: z.number().int(),
    qa_scores: QAScore.optional(),
    /** The newest escalation. */
    escalation: Escalation.optional(),
    /** All of them, oldest first (addition). */
    escalations: z.array(Escalation).optional(),
    agent: HumanAgent.optional(),
    /** Where its recording is, for those who may hear it; absent without one (addition). */
    recording_url: z.string().optional(),
    /** Notes of managers, oldest first (G-01). */
    manager_notes: z.array(CallNote).optional(),
    /** Supervisors' acts and their receipts, oldest first. */
    interventions: z.array(Intervention).optional(),
  })
  .meta({ id: 'CallDetail' })
export type CallDetail = z.infer<typeof CallDetail>

export const callsGet = endpoint({
  id: 'calls-get',
  summary: 'One call with what hangs on it',
  method: 'GET',
  path: '/api/v1/calls/:call_id',
  aliases: ['/api/v1/calls/call/:call_id'],
  capability: 'calls.read',
  params: CallParams,
  responses: { 200: CallDetail },
  errors: ['CALL_NOT_FOUND'],
})

export const callsInteractions = endpoint({
  id: 'calls-interactions',
  summary: 'Transcript of a call, oldest line first',
  method: 'GET',
  path: '/api/v1/calls/:call_id/interactions',
  capability: 'calls.read',
  params: CallParams,
  query: z.object({
    /** Above 1,000 is cut to 1,000. */
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .default(1000)
      .transform((limit) => Math.min(limit, 1000)),
    offset: z.coerce.number().int().min(0).default(0),
    speaker: z.enum(['ai', 'customer', 'agent', 'system']).optional(),
    /** Only lines before this one: how a reader goes back in a long call without counting (addition). */
    before: z.coerce.number().int().optional(),
  }),
  responses: { 200: z.object({ interactions: z.array(CallInteraction), total: z.number().int() }) },
  errors: ['CALL_NOT_FOUND'],
})
