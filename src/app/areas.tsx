// The areas that exist, in the order of the rail. An area is added here when its page is.
import type { ReactNode } from 'react'
import { type Capability, type Role, can } from '#contract/permissions.ts'
import type { ActionId } from '#src/actions/action-list.ts'

export interface Area {
  path: string
  name: string
  capability: Capability
  /** The action that goes there; its record has the key. */
  action: ActionId
  icon: ReactNode
}

export const areas: readonly Area[] = [
  {
    path: '/live',
    name: 'Live',
    capability: 'calls.read',
    action: 'go.live',
    icon: <path d="M1.5 8h3l2-5 3 10 2-5h3" />,
  },
  {
    path: '/calls',
    name: 'Calls',
    capability: 'calls.read',
    action: 'go.calls',
    icon: <path d="M2 3.5h2M6 3.5h8M2 8h2M6 8h8M2 12.5h2M6 12.5h8" />,
  },
  {
    path: '/escalations',
    name: 'Escalations',
    capability: 'escalations.read',
    action: 'go.escalations',
    icon: <path d="M8 13.5v-10M4 7l4-4 4 4M2 13.5h12" />,
  },
  {
    path: '/analytics',
    name: 'Analytics',
    capability: 'analytics.calls',
    action: 'go.analytics',
    icon: <path d="M2.5 13.5v-4M6.2 13.5v-8M9.9 13.5V8M13.5 13.5v-11" />,
  },
  {
    path: '/manage/alerts',
    name: 'Alert rules',
    capability: 'alerts.manage',
    action: 'go.alert-rules',
    icon: <path d="M2 4.5h7M12.5 4.5H14M2 11.5h2M7.5 11.5H14M10.7 2.8v3.4M5.7 9.8v3.4" />,
  },
]

/** The alerts stand among the areas: a button, not a page. */
export const alertsPlace = 'alerts'

const onBar = 4
/** Most needed first: by those who take calls over, and by those who read. */
const neededByHands = ['/live', alertsPlace, '/escalations', '/calls', '/analytics']
const neededByReaders = ['/live', alertsPlace, '/calls', '/analytics', '/escalations']

/** The areas of a role: those that stand on a phone's bar, and those that are under its “More”. In the order of the rail. */
export function areasOf(role: Role): { all: readonly Area[]; more: readonly Area[] } {
  const all = areas.filter(({ capability }) => can(role, capability))
  const needed = can(role, 'escalations.handle') ? neededByHands : neededByReaders
  const bar = needed
    .filter((place) => place === alertsPlace || all.some(({ path }) => path === place))
    .slice(0, onBar)
  return { all, more: all.filter(({ path }) => !bar.includes(path)) }
}
