// The areas that exist, in the order of the rail. An area is added here when its page is.
import type { ReactNode } from 'react'
import type { Capability } from '#contract/permissions.ts'

export interface Area {
  path: string
  name: string
  capability: Capability
  icon: ReactNode
}

export const areas: readonly Area[] = [
  {
    path: '/live',
    name: 'Live',
    capability: 'calls.read',
    icon: <path d="M1.5 8h3l2-5 3 10 2-5h3" />,
  },
]
