// Steps of a process that are always all visible: done, under way, to come, and what happens if one fails.
import type { ReactNode } from 'react'

export interface Step {
  name: string
  state: 'done' | 'current' | 'coming' | 'failed'
  /** How long it took, who did it, or what follows if it fails. */
  note?: ReactNode
}

interface StepsProps {
  label: string
  steps: readonly Step[]
  /** What the current step means: a person is being waited for, or a person is in control. */
  meaning: 'act' | 'human' | 'met'
}

/** The steps side by side, each with its bar. */
export function Steps({ label, steps, meaning }: StepsProps) {
  return (
    <ol className={`steps steps-${meaning}`} aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.name}
          className={`step-${step.state}`}
          aria-current={step.state === 'current' ? 'step' : undefined}
        >
          {step.name}
          <small>{step.note ?? ' '}</small>
        </li>
      ))}
    </ol>
  )
}
