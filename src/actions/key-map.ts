// Which keys run which action for this person. Pure; changing them is in key-change.ts, which comes when somebody does.
import { type ActionId, allActions, isActionId, recordOf } from '#src/actions/action-list.ts'
import { isCharacterKey, stepsOf } from '#src/actions/key-combo.ts'

/** What a person has chosen. */
export interface KeyChoice {
  /** False: keys that are plain characters do nothing. */
  singleKeys: boolean
  /** Other keys than those of the record; an empty list: none. */
  keys: Readonly<Partial<Record<ActionId, readonly string[]>>>
}

export const defaultChoice: KeyChoice = { singleKeys: true, keys: {} }

/** Reads what was stored; what is not understood is as if it were never chosen. */
export function parseKeyChoice(value: unknown): KeyChoice {
  if (typeof value !== 'object' || value === null) return defaultChoice
  const { singleKeys, keys } = value as { singleKeys?: unknown; keys?: unknown }
  const chosen: Partial<Record<ActionId, readonly string[]>> = {}
  if (typeof keys === 'object' && keys !== null)
    for (const [id, combos] of Object.entries(keys))
      if (isActionId(id) && Array.isArray(combos))
        chosen[id] = combos
          .filter((combo): combo is string => typeof combo === 'string' && combo !== '')
          .slice(0, 4)
  return { singleKeys: singleKeys !== false, keys: chosen }
}

/** The keys of an action, chosen or its own. */
export function keysOf(id: ActionId, choice: KeyChoice): readonly string[] {
  return choice.keys[id] ?? recordOf(id).keys
}

/** Those of its keys that act: without the plain characters where the person switched them off. */
export function actingKeys(id: ActionId, choice: KeyChoice): readonly string[] {
  const keys = keysOf(id, choice)
  return choice.singleKeys ? keys : keys.filter((combo) => !isCharacterKey(combo))
}

export interface KeyMap {
  /** The actions of a combination, in the order of the list: those of scopes that are never on screen together share one. */
  byCombo: ReadonlyMap<string, readonly ActionId[]>
  /** First presses of sequences. */
  prefixes: ReadonlySet<string>
}

/** The map a press is looked up in. */
export function createKeyMap(choice: KeyChoice): KeyMap {
  const byCombo = new Map<string, readonly ActionId[]>()
  const prefixes = new Set<string>()
  for (const [id] of allActions)
    for (const combo of actingKeys(id, choice)) {
      byCombo.set(combo, [...(byCombo.get(combo) ?? []), id])
      const steps = stepsOf(combo)
      if (steps.length > 1 && steps[0] !== undefined) prefixes.add(steps[0])
    }
  return { byCombo, prefixes }
}
