// How much one caller may ask for: the numbers of the specification, as configuration.
import { exportsPerDay } from '#contract/export-columns.ts'

export interface HttpLimits {
  /** Requests a minute and user on standard endpoints. */
  standardPerMinute: number
  /** Requests a minute and user on analytics. */
  analyticsPerMinute: number
  /** Sign-in attempts a minute from one address for one e-mail. */
  loginPerMinute: number
  /** Sign-in attempts a minute from one address, whatever the e-mails: each costs a slow hash. */
  loginPerAddressPerMinute: number
  /** Exports of calls a person may make in 24 hours. */
  exportsPerDay: number
  /** Largest body of a request, bytes. */
  bodyBytes: number
  /** Largest body of a signed delivery, bytes. */
  webhookBodyBytes: number
}

export const defaultLimits: HttpLimits = {
  standardPerMinute: 100,
  analyticsPerMinute: 20,
  loginPerMinute: 10,
  loginPerAddressPerMinute: 60,
  exportsPerDay,
  bodyBytes: 1024 * 1024,
  webhookBodyBytes: 8 * 1024 * 1024,
}
