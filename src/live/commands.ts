// A supervisor's acts: each is asked once under an id of its own, shown as pending, and settled by its receipt (P7).
import type { ApiProblem } from '#contract/errors.ts'
import type { Api, RequestOptions, ResponseBody } from '#src/lib/api.ts'
import type { Cancel, Clock } from '#src/lib/clock.ts'
import type { Result } from '#src/lib/result.ts'
import type { PendingCommand } from '#src/live/live-state.ts'
import type { LiveStore } from '#src/live/live-store.ts'

type Answer<R extends Parameters<Api['request']>[0]> = Promise<Result<ResponseBody<R>, ApiProblem>>
type Intervene = Answer<'POST /api/v1/calls/:call_id/intervene'>
type InitiateBody = RequestOptions<'POST /api/v1/calls/initiate'>['body']

export interface Commands {
  /** The AI says this next. */
  sendMessage(callId: string, text: string): Intervene
  pause(callId: string): Intervene
  resume(callId: string): Intervene
  /** The AI follows this for the rest of the call. */
  override(callId: string, instructions: string): Intervene
  /** Without `agentId` the server picks one by skill. */
  escalate(
    callId: string,
    choice?: { agentId?: string; reason?: string; contextNote?: string },
  ): Answer<'POST /api/v1/calls/:call_id/escalate'>
  end(callId: string, words?: { reason?: string; notes?: string }): Answer<'POST /api/v1/calls/:call_id/end'>
  addNote(
    callId: string,
    note: { note: string; tags?: string[]; category?: string | undefined },
  ): Answer<'POST /api/v1/calls/:call_id/notes'>
  initiate(body: Omit<InitiateBody, 'command_id'>): Answer<'POST /api/v1/calls/initiate'>
  /**
   * Asks again what became of a command without answer: the same id gives the same receipt and is not carried out
   * twice. Resolves to false when there is nothing to ask.
   */
  check(commandId: string): Promise<boolean>
  /** Takes a refused or unanswered wish off the screen. */
  dismiss(commandId: string): void
}

export interface CommandsOptions {
  api: Api
  store: LiveStore
  clock: Clock
  /** Makes the id of a command. */
  newId?: () => string
}

/** A wish on its way: what the chip shows, and how to ask. */
interface Wish<Body> {
  callId: string
  action: PendingCommand['action']
  text?: string | undefined
  /** Words that tell this wish from another of the same kind. */
  key?: string | undefined
  post(commandId: string): Promise<Result<Body, ApiProblem>>
}

/** How long an accepted wish waits for its receipt event before the answer alone must do. */
const receiptWithinMs = 5000
const noAnswer = 'No answer yet'

/** Commands over the HTTP client, with the store for their pending chips. */
export function createCommands({ api, store, clock, newId = randomId }: CommandsOptions): Commands {
  const inFlight = new Map<string, Promise<Result<unknown, ApiProblem>>>()
  const repeats = new Map<string, () => Promise<void>>()
  const waits = new Map<string, Cancel>()

  store.subscribe(() => {
    const { pending } = store.getState()
    for (const commandId of repeats.keys()) if (!pending.has(commandId)) forget(commandId)
  })

  function forget(commandId: string): void {
    repeats.delete(commandId)
    waits.get(commandId)?.()
    waits.delete(commandId)
  }

  function update(commandId: string, change: Pick<PendingCommand, 'state' | 'detail'>): void {
    const held = store.getState().pending.get(commandId)
    // Gone means that the receipt was faster than the answer.
    if (held) store.setPending({ ...held, ...change })
  }

  function settle(commandId: string, answer: Result<unknown, ApiProblem>): void {
    if (answer.ok) {
      const receipt = answer.value as { state?: string; message?: string }
      if (receipt.state === 'refused') update(commandId, { state: 'refused', detail: receipt.message })
      else if (store.getState().pending.has(commandId))
        waits.set(
          commandId,
          clock.after(receiptWithinMs, () => store.removePending(commandId)),
        )
    } else if (isUnanswered(answer.problem)) update(commandId, { state: 'unknown', detail: noAnswer })
    else update(commandId, { state: 'refused', detail: answer.problem.message })
  }

  function run<Body>(wish: Wish<Body>): Promise<Result<Body, ApiProblem>> {
    const key = [wish.callId, wish.action, wish.key ?? ''].join('\n')
    const twin = inFlight.get(key)
    if (twin) return twin as Promise<Result<Body, ApiProblem>>
    const commandId = newId()
    const ask = async (): Promise<Result<Body, ApiProblem>> => {
      const answer = await wish.post(commandId)
      settle(commandId, answer)
      return answer
    }
    const { callId, action, text } = wish
    store.setPending({ commandId, callId, action, text, askedAt: store.serverNow(), state: 'sending' })
    repeats.set(commandId, async () => {
      update(commandId, { state: 'sending', detail: undefined })
      await ask()
    })
    const answer = ask().finally(() => inFlight.delete(key))
    inFlight.set(key, answer)
    return answer
  }

  function intervene(
    callId: string,
    body: RequestOptions<'POST /api/v1/calls/:call_id/intervene'>['body'],
  ): Intervene {
    const text = body.message ?? body.instructions
    return run({
      callId,
      action: body.action,
      text,
      key: text,
      post: (command_id) =>
        api.request('POST /api/v1/calls/:call_id/intervene', {
          params: { call_id: callId },
          body: { ...body, command_id },
        }),
    })
  }

  return {
    sendMessage: (callId, message) => intervene(callId, { action: 'send_message', message }),
    pause: (callId) => intervene(callId, { action: 'pause' }),
    resume: (callId) => intervene(callId, { action: 'resume' }),
    override: (callId, instructions) => intervene(callId, { action: 'override_instructions', instructions }),
    escalate: (callId, { agentId, reason, contextNote } = {}) =>
      run({
        callId,
        action: 'transfer',
        text: reason,
        post: (command_id) =>
          api.request('POST /api/v1/calls/:call_id/escalate', {
            params: { call_id: callId },
            body: { agent_id: agentId, reason, context_note: contextNote, command_id },
          }),
      }),
    end: (callId, { reason, notes } = {}) =>
      run({
        callId,
        action: 'end',
        text: reason,
        post: (command_id) =>
          api.request('POST /api/v1/calls/:call_id/end', {
            params: { call_id: callId },
            body: { reason, notes, command_id },
          }),
      }),
    addNote(callId, { note, tags, category }) {
      // A note is no act on the call: no receipt, no chip. Only the second click is caught.
      const key = [callId, 'note', note].join('\n')
      type Noted = Awaited<Answer<'POST /api/v1/calls/:call_id/notes'>>
      const twin = inFlight.get(key)
      if (twin) return twin as Promise<Noted>
      const answer = api
        .request('POST /api/v1/calls/:call_id/notes', {
          params: { call_id: callId },
          body: { note, tags, category },
        })
        .finally(() => inFlight.delete(key))
      inFlight.set(key, answer)
      return answer
    },
    initiate: (body) =>
      run({
        // There is no call yet; the number stands for it.
        callId: body.to_number,
        action: 'dial',
        post: (command_id) => api.request('POST /api/v1/calls/initiate', { body: { ...body, command_id } }),
      }),
    async check(commandId) {
      const repeat = repeats.get(commandId)
      if (!repeat || store.getState().pending.get(commandId)?.state !== 'unknown') return false
      await repeat()
      return true
    },
    dismiss(commandId) {
      if (store.getState().pending.get(commandId)?.state !== 'sending') store.removePending(commandId)
    },
  }
}

/** No answer came, or one that leaves open whether the command was taken. */
function isUnanswered({ status, code }: ApiProblem): boolean {
  return code === 'NETWORK' || code === 'TIMEOUT' || status >= 500
}

function randomId(): string {
  return crypto.randomUUID()
}
