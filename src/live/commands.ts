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
  /** The AI says this next. `force` here and below: also when somebody else has the call, which is taken over. */
  sendMessage(callId: string, text: string, force?: boolean): Intervene
  /** With `seconds` the server resumes it by itself. */
  pause(callId: string, how?: { seconds?: number; force?: boolean }): Intervene
  resume(callId: string, force?: boolean): Intervene
  /** The AI follows this for its next turn, for some time, or for the rest of the call (the default). */
  override(
    callId: string,
    instructions: string,
    how?: { scope?: 'turn' | 'call'; seconds?: number; force?: boolean },
  ): Intervene
  /** The AI follows its own instructions again. */
  clearOverride(callId: string, force?: boolean): Intervene
  /** Without `agentId` the server picks one by skill. */
  escalate(
    callId: string,
    choice?: { agentId?: string; reason?: string; contextNote?: string; force?: boolean },
  ): Answer<'POST /api/v1/calls/:call_id/escalate'>
  end(
    callId: string,
    words?: { reason?: string; notes?: string; force?: boolean },
  ): Answer<'POST /api/v1/calls/:call_id/end'>
  addNote(
    callId: string,
    note: { note: string; tags?: string[]; category?: string | undefined },
  ): Answer<'POST /api/v1/calls/:call_id/notes'>
  /** Takes one's own note back, while the server allows it (`noteUndoMs`). */
  removeNote(callId: string, noteId: number): Answer<'DELETE /api/v1/calls/:call_id/notes/:note_id'>
  /** Withdraws a request for a person, unless somebody has taken it meanwhile. */
  withdraw(escalationId: number): Answer<'PATCH /api/v1/escalations/:id'>
  initiate(body: Omit<InitiateBody, 'command_id'>): Answer<'POST /api/v1/calls/initiate'>
  /** Takes the call in hand, or renews one's own claim. */
  claim(callId: string, force?: boolean): Answer<'POST /api/v1/calls/:call_id/claim'>
  release(callId: string): Answer<'DELETE /api/v1/calls/:call_id/claim'>
  /** Asks the holder for the call. */
  askFor(callId: string, note?: string): Answer<'POST /api/v1/calls/:call_id/claim/ask'>
  /** The holder's answer to who asks. */
  answerAsk(callId: string, handOver: boolean): Answer<'POST /api/v1/calls/:call_id/claim/answer'>
  /** Lets the server ask the voice platform again about an act whose receipt is `unknown`. */
  checkAct(
    callId: string,
    commandId: string,
  ): Answer<'POST /api/v1/calls/:call_id/interventions/:command_id/check'>
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
  const repeats = new Map<string, { key: string; ask: () => Promise<Result<unknown, ApiProblem>> }>()
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
    } else if (answer.problem.code === 'CALL_CLAIMED')
      // Nothing was done, and who has the call is told where it was asked.
      store.removePending(commandId)
    else if (isUnanswered(answer.problem)) update(commandId, { state: 'unknown', detail: noAnswer })
    else update(commandId, { state: 'refused', detail: answer.problem.message })
  }

  /** The same wish, still without answer: pressing again asks what became of it, under the same id. */
  function unansweredTwin(key: string): (() => Promise<Result<unknown, ApiProblem>>) | undefined {
    for (const [commandId, wish] of repeats)
      if (wish.key === key && store.getState().pending.get(commandId)?.state === 'unknown') return wish.ask
    return undefined
  }

  function run<Body>(wish: Wish<Body>): Promise<Result<Body, ApiProblem>> {
    const key = [wish.callId, wish.action, wish.key ?? ''].join('\n')
    const twin = inFlight.get(key)
    if (twin) return twin as Promise<Result<Body, ApiProblem>>
    const unanswered = unansweredTwin(key)
    if (unanswered) return unanswered() as Promise<Result<Body, ApiProblem>>
    const commandId = newId()
    const ask = async (): Promise<Result<Body, ApiProblem>> => {
      const answer = await wish.post(commandId)
      settle(commandId, answer)
      return answer
    }
    const { callId, action, text } = wish
    store.setPending({ commandId, callId, action, text, askedAt: store.serverNow(), state: 'sending' })
    repeats.set(commandId, {
      key,
      ask: () => {
        update(commandId, { state: 'sending', detail: undefined })
        return ask()
      },
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
      key: [text, body.scope, body.duration_s, body.force].join('\n'),
      post: (command_id) =>
        api.request('POST /api/v1/calls/:call_id/intervene', {
          params: { call_id: callId },
          body: { ...body, command_id },
        }),
    })
  }

  return {
    sendMessage: (callId, message, force) => intervene(callId, { action: 'send_message', message, force }),
    pause: (callId, { seconds, force } = {}) =>
      intervene(callId, { action: 'pause', duration_s: seconds, force }),
    resume: (callId, force) => intervene(callId, { action: 'resume', force }),
    override: (callId, instructions, { scope, seconds, force } = {}) =>
      intervene(callId, {
        action: 'override_instructions',
        instructions,
        scope,
        duration_s: seconds,
        force,
      }),
    clearOverride: (callId, force) => intervene(callId, { action: 'clear_override', force }),
    claim: (callId, force) =>
      api.request('POST /api/v1/calls/:call_id/claim', { params: { call_id: callId }, body: { force } }),
    release: (callId) => api.request('DELETE /api/v1/calls/:call_id/claim', { params: { call_id: callId } }),
    askFor: (callId, note) =>
      api.request('POST /api/v1/calls/:call_id/claim/ask', { params: { call_id: callId }, body: { note } }),
    answerAsk: (callId, handOver) =>
      api.request('POST /api/v1/calls/:call_id/claim/answer', {
        params: { call_id: callId },
        body: { hand_over: handOver },
      }),
    checkAct: (callId, commandId) =>
      api.request('POST /api/v1/calls/:call_id/interventions/:command_id/check', {
        params: { call_id: callId, command_id: commandId },
      }),
    escalate: (callId, { agentId, reason, contextNote, force } = {}) =>
      run({
        callId,
        action: 'transfer',
        text: reason,
        key: agentId,
        post: (command_id) =>
          api.request('POST /api/v1/calls/:call_id/escalate', {
            params: { call_id: callId },
            body: { agent_id: agentId, reason, context_note: contextNote, command_id, force },
          }),
      }),
    end: (callId, { reason, notes, force } = {}) =>
      run({
        callId,
        action: 'end',
        text: reason,
        post: (command_id) =>
          api.request('POST /api/v1/calls/:call_id/end', {
            params: { call_id: callId },
            body: { reason, notes, command_id, force },
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
    removeNote: (callId, noteId) =>
      api.request('DELETE /api/v1/calls/:call_id/notes/:note_id', {
        params: { call_id: callId, note_id: String(noteId) },
        repeat: true,
      }),
    withdraw: (escalationId) =>
      api.request('PATCH /api/v1/escalations/:id', {
        params: { id: escalationId },
        body: { status: 'cancelled', if_status: 'pending' },
      }),
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
      await repeat.ask()
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
