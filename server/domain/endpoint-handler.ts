// What a handler of one endpoint is given and returns, typed from the endpoint's record. Knows no HTTP library.
import type { z } from 'zod'
import type { EndpointSpec } from '#contract/endpoint.ts'
import type { Principal } from '#server/domain/principal.ts'

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined
type Member<E, K extends string> = K extends keyof E ? Parsed<E[K]> : undefined
type PrincipalOf<E extends EndpointSpec> = E['capability'] extends 'public' | 'signature' ? null : Principal
type BodyOf<E extends EndpointSpec> = E['capability'] extends 'signature' ? undefined : Member<E, 'body'>

/** The parsed request. Handlers of signed endpoints check `rawBody` first and call `parseBody` after. */
export interface EndpointContext<E extends EndpointSpec> {
  params: Member<E, 'params'>
  query: Member<E, 'query'>
  /** Undefined where the endpoint takes none, and on signed endpoints: there use `parseBody`. */
  body: BodyOf<E>
  principal: PrincipalOf<E>
  requestId: string
  /** Address of the caller, as far as the trusted proxies tell. */
  address: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** Cookies by name. */
  cookies: Readonly<Record<string, string | undefined>>
  /** The body's bytes exactly as sent; empty when there is none. */
  rawBody: Buffer
  /** Parses `rawBody` as the record says; throws the 400 that names each faulty field. */
  parseBody: () => Member<E, 'body'>
}

/** An answer: one of the record's statuses with its body. `headers` are added to the usual ones. */
export type EndpointAnswer<E extends EndpointSpec> = {
  [S in keyof E['responses']]: {
    status: S
    body: Parsed<E['responses'][S]>
    headers?: Record<string, string | string[]>
  }
}[keyof E['responses']]

export type EndpointHandler<E extends EndpointSpec> = (
  context: EndpointContext<E>,
) => Promise<EndpointAnswer<E>> | EndpointAnswer<E>

/**
 * How a module hands its handlers to the HTTP kernel: `register(record, (request) => …)`. The handler is a type parameter
 * of its own because only then does the compiler keep the literal types of what it returns.
 */
export type RegisterEndpoint = <const E extends EndpointSpec, H extends EndpointHandler<E>>(
  record: E,
  handler: H,
) => void
