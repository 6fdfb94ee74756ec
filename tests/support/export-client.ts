// An export as a person makes it: asked for, waited for, fetched by its link, and its table read back.
import { expect } from 'vitest'
import type { ExportJob } from '#contract/export.ts'
import { ask } from '#tests/support/ask.ts'
import { eventually } from '#tests/support/eventually.ts'

/** CSV read back as RFC 4180 says, by another hand than the one that wrote it. */
export function readCsv(text: string, delimiter = ','): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      for (at += 1; at < text.length; at += 1) {
        if (text[at] !== '"') cell += text[at]
        else if (text[at + 1] === '"') {
          cell += '"'
          at += 1
        } else break
      }
      at += 1
    } else while (at < text.length && text[at] !== delimiter && text[at] !== '\r') cell += text[at++]
    record.push(cell)
    if (text[at] === delimiter) at += 1
    else {
      if (text.slice(at, at + 2) !== '\r\n') throw new Error(`A record ends without a line end at ${at}.`)
      at += 2
      records.push(record)
      record = []
    }
  }
  return records
}

export const exportOf = (url: string, token: string, id: string) =>
  ask<ExportJob>(url, `GET /api/v1/exports/${id}`, { token }).then(({ body }) => body)

/** Asks for an export. */
export async function order(url: string, token: string, body: object): Promise<ExportJob> {
  const answer = await ask<ExportJob>(url, 'POST /api/v1/calls/export', { token, body })
  expect(answer.body).toMatchObject({ status: 'processing' })
  expect(answer.status).toBe(202)
  return answer.body
}

/** Waits until it is over, whatever came of it. */
export async function settled(url: string, token: string, id: string): Promise<ExportJob> {
  let job = await exportOf(url, token, id)
  await eventually(
    async () => {
      job = await exportOf(url, token, id)
      expect(job.status).not.toBe('processing')
    },
    20_000,
    25,
  )
  return job
}

/** The file of a new export. */
export async function fetchExport(url: string, token: string, body: object) {
  const { jobId } = await order(url, token, body)
  const job = await settled(url, token, jobId)
  expect(job).toMatchObject({ state: 'done' })
  const response = await fetch(url + (job.downloadUrl ?? ''))
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect([response.status, bytes.length]).toEqual([200, job.size])
  return {
    job,
    bytes,
    headers: response.headers,
    text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
  }
}
