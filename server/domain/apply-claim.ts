// Who has a call in hand: claims are taken, renewed, taken over, asked for and handed over in the order of the log.
import type { Claim, ClaimChange, Person } from '#contract/claim.ts'
import { askMs, claimMs, holderOf, renewBelowMs } from '#contract/claim-rules.ts'
import { isLive } from '#contract/call-rules.ts'
import { type Draft, flushCall, isoOf, patchCall } from '#server/domain/call-state.ts'

/** What somebody wants of a claim. `expire` is the server's own: it tells of a claim that has run out. */
export type ClaimWish =
  | { wish: 'take' | 'force' | 'release' | 'hand_over' | 'keep'; by: Person }
  | { wish: 'ask'; by: Person; note?: string | undefined }
  | { wish: 'expire' }

interface Told {
  by?: Person
  other?: Person | undefined
}

const person = ({ id, name }: Person): Person => ({ id, name })

/**
 * Carries the wish out as of `at` (ISO, the server's clock). What is not possible changes nothing and tells nobody: whoever
 * asked looks at who has the call.
 */
export function applyClaim(draft: Draft, wish: ClaimWish, at: string): void {
  const now = Date.parse(at)
  const { call } = draft.state
  const holder = holderOf(call, now)
  const set = (change: ClaimChange, claim: Claim | null, told: Told): void => {
    flushCall(draft, at)
    patchCall(draft, { claimed_by: claim ?? undefined } as Partial<typeof call>, true)
    const { by, other } = told
    draft.entries.push({
      event: 'claim.changed',
      data: { call_id: call.id, change, claim, ...(by ? { by } : {}), ...(other ? { other } : {}) },
      // Renewals come twice a minute and tell nothing.
      ...(change === 'renewed' ? {} : { kept: { by: by ?? null } }),
      at,
    })
  }
  if (wish.wish === 'expire') {
    if (call.claimed_by && !holder) set('expired', null, { other: person(call.claimed_by) })
    return
  }
  if (!isLive(call.status)) return
  const by = person(wish.by)
  const until = isoOf(now + claimMs)
  const isMine = holder?.id === by.id
  switch (wish.wish) {
    case 'take':
    case 'force':
      if (!holder) set('taken', { ...by, since: at, until }, { by })
      else if (isMine) {
        if (Date.parse(holder.until) - now < renewBelowMs) set('renewed', { ...holder, ...by, until }, { by })
      } else if (wish.wish === 'force')
        set('taken_over', { ...by, since: at, until, from: person(holder) }, { by, other: person(holder) })
      return
    case 'release':
      if (!isMine) return
      // Whoever waits for the call gets it.
      if (holder.asked) return applyClaim(draft, { wish: 'hand_over', by }, at)
      set('released', null, { by })
      return
    case 'ask': {
      if (!holder) return applyClaim(draft, { wish: 'take', by }, at)
      const { asked } = holder
      const isTaken = asked && asked.id !== by.id && now - Date.parse(asked.at) < askMs
      if (isMine || isTaken) return
      const note = wish.note ? { note: wish.note } : {}
      set('asked', { ...holder, asked: { ...by, at, ...note } }, { by, other: person(holder) })
      return
    }
    case 'hand_over':
      if (!isMine || !holder.asked) return
      set('handed_over', { ...person(holder.asked), since: at, until }, { by, other: person(holder.asked) })
      return
    case 'keep': {
      if (!isMine || !holder.asked) return
      const { asked, ...kept } = holder
      set('kept', { ...kept, until }, { by, other: person(asked) })
    }
  }
}
