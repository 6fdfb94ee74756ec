// The endpoints of exports.
import {
  analyticsExport,
  callsExport,
  exportsCancel,
  exportsDownload,
  exportsGet,
  exportsList,
} from '#contract/export.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import { wellFormed } from '#server/ingest/well-formed.ts'
import type { Analytics } from '#server/modules/analytics/analytics-service.ts'
import { readLink } from '#server/modules/exports/download-link.ts'
import { exportAnalytics } from '#server/modules/exports/export-analytics.ts'
import { openFile } from '#server/modules/exports/export-file.ts'
import type { ExportRunner } from '#server/modules/exports/export-runner.ts'
import {
  type ExportsOptions,
  cancelExport,
  createExport,
  getExport,
  listExports,
} from '#server/modules/exports/exports-service.ts'

const fileHeaders = (format: string, name: string, bytes: number) => ({
  'content-type': format === 'pdf' ? 'application/pdf' : 'text/csv; charset=utf-8',
  'content-disposition': `attachment; filename="${name}"`,
  'content-length': String(bytes),
})

export function registerExports(
  register: RegisterEndpoint,
  options: ExportsOptions & { runner: Pick<ExportRunner, 'wake' | 'drop'>; analytics: Analytics },
): void {
  const { db, clock, secret, runner, analytics } = options

  register(callsExport, async ({ principal, body }) => {
    const job = await createExport(options, principal, wellFormed(body))
    runner.wake()
    return { status: 202, body: job }
  })

  register(exportsList, async ({ principal }) => ({
    status: 200,
    body: await listExports(options, principal),
  }))

  register(exportsGet, async ({ principal, params }) => ({
    status: 200,
    body: await getExport(options, principal, wellFormed(params.job_id)),
  }))

  register(exportsCancel, async ({ principal, params }) => {
    const job = await cancelExport(options, principal, wellFormed(params.job_id))
    runner.drop(job.jobId)
    return { status: 200, body: job }
  })

  register(analyticsExport, async ({ principal, body }) => {
    const { bytes, fileName } = await exportAnalytics({ db, clock, analytics }, principal, wellFormed(body))
    return { status: 200, body: bytes, headers: fileHeaders(body.format, fileName, bytes.length) }
  })

  register(exportsDownload, async ({ params, query }) => {
    const now = clock.now()
    const target = readLink(secret, params.job_id, query.key, now)
    const { stream, file_name, format, size } = await openFile(db, target, now)
    return {
      status: 200,
      body: stream,
      headers: fileHeaders(format, file_name, size),
    }
  })
}
