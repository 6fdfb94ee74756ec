// Call control for any voice platform: each command is a signed HTTP request, its answer is the receipt.
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { commandBody } from '#server/control/command-body.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { ControlAnswer, ControlCommand, VoicePlatform } from '#server/domain/voice-platform.ts'

export interface WebhookPlatformOptions {
  /** Where commands go, http or https. */
  url: string
  /** The secret (`whsec_…`) that signs this company's commands; nothing, where the company has none. */
  secretOf: (companyId: string) => string | undefined | Promise<string | undefined>
  clock: Clock
  /** Without an answer for this long the receipt becomes `unknown`; 5,000 when absent. */
  timeoutMs?: number
}

const maxAnswerBytes = 64 * 1024
const maxDetail = 500

const Answer = z.discriminatedUnion('state', [
  z.object({ state: z.literal('delivered'), detail: z.string().optional() }),
  z.object({ state: z.literal('refused'), detail: z.string().optional() }),
])
const Message = z.string().trim().min(1)
const Refusal = z.union([
  z.object({ detail: Message }).transform((body) => body.detail),
  z.object({ message: Message }).transform((body) => body.message),
  z.object({ error: z.object({ message: Message }) }).transform((body) => body.error.message),
  z.object({ error: Message }).transform((body) => body.error),
])

/** Thrown when nobody knows whether the platform has the command; holds nothing of the command or the answer. */
export class PlatformUnreachable extends Error {
  override name = 'PlatformUnreachable'
}

/**
 * Sends each command as a signed POST and reads the receipt from the answer. Redirects are not followed: a command goes
 * to the configured address or nowhere. Rejects with `PlatformUnreachable` when the outcome is unknown.
 */
export function createWebhookPlatform(options: WebhookPlatformOptions): VoicePlatform {
  const { url, secretOf, clock, timeoutMs = 5000 } = options
  return {
    async send(command, signal) {
      const secret = await secretOf(command.companyId)
      if (secret === undefined)
        return { state: 'refused', detail: 'This company has no secret to sign commands with.' }
      const late = new AbortController()
      const timer = clock.setTimeout(() => late.abort(), timeoutMs)
      try {
        const either = AbortSignal.any([signal, late.signal])
        const response = await post(url, secret, command, clock.now(), either)
        return readAnswer(response.status, await readText(response))
      } catch (error) {
        if (error instanceof PlatformUnreachable) throw error
        if (late.signal.aborted) throw new PlatformUnreachable('The voice platform did not answer in time.')
        if (signal.aborted) throw new PlatformUnreachable('The command was given up before an answer came.')
        throw new PlatformUnreachable('The voice platform could not be reached.')
      } finally {
        clock.clearTimeout(timer)
      }
    },
  }
}

function post(
  url: string,
  secret: string,
  command: ControlCommand,
  now: number,
  signal: AbortSignal,
): Promise<Response> {
  const body = commandBody(command, now)
  return fetch(url, {
    method: 'POST',
    body,
    signal,
    redirect: 'manual',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      accept: 'application/json',
      'user-agent': 'callboard',
      // The same command again is the same delivery: a platform that remembers ids does it once.
      'webhook-id': command.id,
      'webhook-timestamp': String(Math.floor(now / 1000)),
      'webhook-signature': new Webhook(secret).sign(command.id, new Date(now), body),
    },
  })
}

async function readText(response: Response): Promise<string> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += chunk.byteLength
    if (bytes > maxAnswerBytes)
      throw new PlatformUnreachable('The voice platform’s answer was too long to read.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readAnswer(status: number, text: string): ControlAnswer {
  if (status >= 500) throw new PlatformUnreachable(`The voice platform failed (HTTP ${status}).`)
  if (status >= 400) {
    const said = Refusal.safeParse(parseJson(text))
    return refused(said.success ? said.data : `The voice platform refused it (HTTP ${status}).`)
  }
  if (status >= 300) return refused(`The voice platform’s address has moved (HTTP ${status}).`)
  if (text.trim() === '') return { state: 'delivered' }
  const answer = Answer.safeParse(parseJson(text))
  if (!answer.success) throw new PlatformUnreachable('The voice platform’s answer could not be read.')
  const { state, detail } = answer.data
  if (state === 'refused') return refused(detail || 'The voice platform refused it.')
  return detail ? { state, detail: detail.slice(0, maxDetail) } : { state }
}

function refused(detail: string): ControlAnswer {
  return { state: 'refused', detail: detail.slice(0, maxDetail) }
}
