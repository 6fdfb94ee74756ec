// How each severity is drawn and said.
import type { AlertSeverity } from '#contract/alert.ts'
import type { Meaning } from '#src/lib/meaning.ts'

export const severityMark: Record<AlertSeverity, Meaning> = {
  info: 'live',
  warning: 'attention',
  critical: 'act',
}
export const severityName: Record<AlertSeverity, string> = {
  info: 'Info',
  warning: 'Warning',
  critical: 'Critical',
}
