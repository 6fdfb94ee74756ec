// The shape of the HTTP client: `gateway` implements it, `live` and the features call it.
import type { z } from 'zod'
import type { EndpointByRoute, Route } from '#contract/endpoints.ts'
import type { ApiProblem } from '#contract/errors.ts'
import type { Result } from '#src/lib/result.ts'

/** What is sent: query and body as the endpoint takes them before parsing. */
type Sent<R extends Route, K extends 'params' | 'query' | 'body'> =
  EndpointByRoute[R] extends Record<K, infer S extends z.ZodType> ? z.input<S> : never

type Member<K extends string, V> = [V] extends [never]
  ? { [P in K]?: undefined }
  : Record<string, never> extends V
    ? { [P in K]?: V | undefined }
    : { [P in K]: V }

/** Parameters of one request. `signal` cancels it (code `CANCELLED`). */
export type RequestOptions<R extends Route> = Member<'params', Sent<R, 'params'>> &
  Member<'query', Sent<R, 'query'>> &
  Member<'body', Sent<R, 'body'>> & {
    signal?: AbortSignal | undefined
    /** Milliseconds to wait for an answer instead of the usual 10,000 for reads and 5,000 for the rest. */
    timeoutMs?: number | undefined
    /** Repeats after network faults and 5xx. Reads do by themselves; only for endpoints declared `retry`. */
    repeat?: boolean | undefined
  }

/** Success body of a route. */
export type ResponseBody<R extends Route> = {
  [S in keyof EndpointByRoute[R]['responses']]: EndpointByRoute[R]['responses'][S] extends z.ZodType
    ? z.output<EndpointByRoute[R]['responses'][S]>
    : never
}[keyof EndpointByRoute[R]['responses']]

type OptionalWhenEmpty<T> = Record<string, never> extends T ? [options?: T] : [options: T]

export interface Api {
  /** One request. Never throws: every refusal and every network fault is an ApiProblem. */
  request<R extends Route>(
    route: R,
    ...options: OptionalWhenEmpty<RequestOptions<R>>
  ): Promise<Result<ResponseBody<R>, ApiProblem>>
}
