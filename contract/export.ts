// Exports: calls as a file made in the background, and the figures of analytics as a file made at once.
import { z } from 'zod'
import { AnalyticsQuery } from '#contract/analytics-endpoints.ts'
import { CallsListQuery } from '#contract/call-endpoints.ts'
import { endpoint } from '#contract/endpoint.ts'
import { exportColumnIds, usualExportColumns } from '#contract/export-columns.ts'
import { Id, Instant } from '#contract/primitives.ts'
import { isZone } from '#contract/zone-calendar.ts'

const Zone = z.string().max(64).refine(isZone, 'Write an IANA time zone, for example America/Chicago.')

const paging = new Set(['page', 'limit', 'after'])

/** JSON as it would stand in a query: lists with commas, everything as text. */
function asQuery(input: unknown, context: z.core.$RefinementCtx): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input
  const query: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(input)) {
    if (value === null || value === undefined) continue
    // A filter that is not understood would let out more than was asked for.
    if (!(name in CallsListQuery.shape) || paging.has(name))
      context.addIssue({ code: 'custom', path: [name], message: 'There is no such filter.', input: value })
    const isPlain = typeof value === 'number' || typeof value === 'boolean'
    query[name] = Array.isArray(value) ? value.join(',') : isPlain ? String(value) : value
  }
  return query
}

/** The query of `GET /api/v1/calls` as an object, without paging: filters, search and order. */
export const ExportFilters = z.preprocess(asQuery, CallsListQuery)

export const exportStates = ['queued', 'running', 'done', 'failed', 'cancelled', 'expired'] as const

export const ExportJob = z
  .object({
    jobId: Id,
    /** In the words of the first document; `state` says more. */
    status: z.enum(['processing', 'ready', 'failed']),
    /** Under this server; carries a signature and holds for some minutes. Only when ready. */
    downloadUrl: z.string().optional(),
    state: z.enum(exportStates),
    format: z.enum(['csv', 'pdf']),
    fileName: z.string(),
    /** What is exported, in words. */
    words: z.array(z.string()),
    sort: z.string(),
    zone: z.string(),
    columns: z.array(z.enum(exportColumnIds)),
    /** Calls written so far. */
    rowCount: z.number().int(),
    /** Calls there will be; with `totalExact` false there are more. Absent until they were counted. */
    totalRows: z.number().int().optional(),
    totalExact: z.literal(false).optional(),
    /** Seconds left, from how it went so far; absent when nothing can be said. */
    estimatedTime: z.number().optional(),
    /** Exports of this company that come before. Only while queued. */
    waiting: z.number().int().optional(),
    /** Bytes of the file. */
    size: z.number().int().optional(),
    /** Why it failed. */
    error: z.string().optional(),
    createdAt: Instant,
    finishedAt: Instant.optional(),
    /** When the file was first fetched. */
    fetchedAt: Instant.optional(),
    /** Until then the file can be fetched. */
    expiresAt: Instant.optional(),
  })
  .meta({ id: 'ExportJob' })
export type ExportJob = z.infer<typeof ExportJob>

export const CallsExportBody = z.object({
  filters: ExportFilters,
  format: z.enum(['csv', 'pdf']),
  /** In their order on the screen. */
  columns: z
    .array(z.enum(exportColumnIds))
    .min(1)
    .max(exportColumnIds.length)
    .refine((ids) => new Set(ids).size === ids.length, 'Name each column once.')
    .default([...usualExportColumns]),
  /** Of the instants in the file; the company's when absent. */
  zone: Zone.optional(),
  delimiter: z.enum(['comma', 'semicolon', 'tab']).default('comma'),
  /** False leaves out the lines above the table, for programs that read the file. */
  head: z.boolean().default(true),
})
export type CallsExportBody = z.infer<typeof CallsExportBody>

export const callsExport = endpoint({
  id: 'calls-export',
  summary: 'Export calls as a file, made in the background',
  method: 'POST',
  path: '/api/v1/calls/export',
  capability: 'exports.make',
  body: CallsExportBody,
  responses: { 202: ExportJob },
  errors: ['EXPORT_LIMIT'],
})

const JobParams = z.object({ job_id: Id })

export const exportsList = endpoint({
  id: 'exports-list',
  summary: "One's own exports, newest first",
  method: 'GET',
  path: '/api/v1/exports',
  capability: 'exports.make',
  responses: {
    200: z.object({
      exports: z.array(ExportJob),
      /** How many may still be made, and when that grows again. */
      left: z.number().int(),
      moreAt: Instant.optional(),
    }),
  },
})

export const exportsGet = endpoint({
  id: 'exports-get',
  summary: 'How far an export is, and where its file is',
  method: 'GET',
  path: '/api/v1/exports/:job_id',
  capability: 'exports.make',
  params: JobParams,
  responses: { 200: ExportJob },
  errors: ['EXPORT_NOT_FOUND'],
})

export const exportsCancel = endpoint({
  id: 'exports-cancel',
  summary: 'Cancel an export, or take a finished one off the list with its file',
  method: 'DELETE',
  path: '/api/v1/exports/:job_id',
  capability: 'exports.make',
  params: JobParams,
  responses: { 200: ExportJob },
  errors: ['EXPORT_NOT_FOUND'],
  retry: true,
})

export const exportsDownload = endpoint({
  id: 'exports-download',
  summary: 'The file of an export, by the link that its job shows',
  method: 'GET',
  path: '/api/v1/exports/:job_id/download',
  // The link is opened by the browser itself, which sends no token: its signature speaks for the reader (G-04).
  capability: 'public',
  params: JobParams,
  query: z.object({ key: z.string().max(1000).default('') }),
  responses: { 200: z.unknown().meta({ description: 'The file.' }) },
  errors: ['SIGNATURE_INVALID', 'EXPORT_NOT_FOUND'],
})

export const reportTypes = ['overview', 'calls', 'qa', 'sentiment', 'escalations', 'full'] as const
export type ReportType = (typeof reportTypes)[number]

/** The question of the pages of analytics, with what to make of the answers. */
export const AnalyticsExportBody = AnalyticsQuery.extend({
  format: z.enum(['csv', 'pdf']),
  report_type: z.enum(reportTypes),
  /** Of PDF alone; the tables behind the charts stand there either way. */
  include_charts: z.boolean().default(true),
})
export type AnalyticsExportBody = z.infer<typeof AnalyticsExportBody>

export const analyticsExport = endpoint({
  id: 'analytics-export',
  summary: 'Figures of a range of calls as a file',
  method: 'POST',
  path: '/api/v1/analytics/export',
  capability: 'exports.make',
  limit: 'analytics',
  body: AnalyticsExportBody,
  responses: { 200: z.unknown().meta({ description: 'The file: text/csv or application/pdf.' }) },
  retry: true,
  timeoutMs: 60_000,
})
