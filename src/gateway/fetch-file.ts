// Bytes that are no JSON, such as a recording: one read with the person's token, and once more with a fresh one.
import type { ApiProblem } from '#contract/errors.ts'
import { noAnswer, toProblem } from '#src/gateway/problem.ts'
import type { TokenSource } from '#src/gateway/token-source.ts'
import { type Result, fail, ok } from '#src/lib/result.ts'

/** Reads the whole file at `url`. Never throws; a refusal is read as any other. */
export async function fetchFile(
  url: string,
  tokens: TokenSource,
  signal?: AbortSignal,
): Promise<Result<Blob, ApiProblem>> {
  const read = (token: string | null) =>
    fetch(url, { headers: token ? { authorization: `Bearer ${token}` } : {}, ...(signal ? { signal } : {}) })
  try {
    let response = await read(await tokens.token())
    if (response.status === 401) response = await read(await tokens.refresh())
    if (response.ok) return ok(await response.blob())
    const text = await response.text()
    let body: unknown = text
    try {
      body = JSON.parse(text)
    } catch {
      // A proxy between us answers in words of its own.
    }
    return fail(toProblem(response, body, Date.now()))
  } catch {
    return fail(noAnswer(signal?.aborted ? 'CANCELLED' : 'NETWORK'))
  }
}
