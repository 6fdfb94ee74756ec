// The API's description for machines (`openapi.json`) and for people (`/docs`, `/redoc`), from the contract alone.
import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { EndpointSpec } from '#contract/endpoint.ts'
import { audienceOf, describeApi } from '#server/http/openapi.ts'

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; }
section { border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: 0.75rem 0; }
h2 { margin: 2rem 0 0.5rem; } h3 { margin: 0; font-size: 1rem; } p { margin: 0.25rem 0; }
code, pre { font: 0.875rem/1.4 ui-monospace, monospace; } pre { overflow-x: auto; padding: 0.75rem;
  background: color-mix(in srgb, currentColor 8%, transparent); border-radius: 6px; }
summary { cursor: pointer; }
`

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
const block = (title: string, value: unknown) =>
  value === undefined
    ? ''
    : `<details><summary>${title}</summary><pre>${escape(JSON.stringify(value, null, 2))}</pre></details>`

interface Described {
  paths: Record<string, Record<string, { parameters: unknown[]; requestBody?: unknown; responses: unknown }>>
  components: { schemas: Record<string, unknown> }
}

function renderEndpoint(record: EndpointSpec, described: Described): string {
  const path = record.path.replace(/:(\w+)/g, '{$1}')
  const operation = described.paths[path]?.[record.method.toLowerCase()]
  if (!operation) return ''
  return `<section id="${record.id}"><h3><code>${record.method} ${escape(path)}</code></h3>
<p>${escape(record.summary)}. ${escape(audienceOf(record))}</p>
${record.aliases?.length ? `<p>Also at <code>${record.aliases.map(escape).join('</code>, <code>')}</code></p>` : ''}
${block('Parameters', operation.parameters.length > 0 ? operation.parameters : undefined)}
${block('Body', operation.requestBody)}${block('Answers', operation.responses)}</section>`
}

function renderDocs(endpoints: readonly EndpointSpec[], described: Described, nonce: string): string {
  const schemas = Object.entries(described.components.schemas)
    .map(
      ([name, schema]) =>
        `<section id="schema-${escape(name)}"><h3><code>${escape(name)}</code></h3>${block('Schema', schema)}</section>`,
    )
    .join('\n')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Callboard API</title><style nonce="${nonce}">${style}</style></head><body><main>
<h1>Callboard API</h1>
<p>Machine-readable: <a href="/api/v1/openapi.json">openapi.json</a>. Every path under <code>/api/v1</code> answers
under <code>/api</code> too. Requests carry <code>Authorization: Bearer</code> and the token of a sign-in.</p>
<h2>Endpoints</h2>${endpoints.map((record) => renderEndpoint(record, described)).join('\n')}
<h2>Shapes</h2>${schemas}</main></body></html>`
}

/** Adds the description's addresses. `version` is the product's. */
export function registerDocs(
  app: FastifyInstance,
  endpoints: readonly EndpointSpec[],
  version: string,
): void {
  const description = describeApi(endpoints, version)
  for (const url of ['/api/v1/openapi.json', '/api/openapi.json', '/openapi.json'])
    app.get(url, async (_request, reply) => reply.send(description))

  const sendPage = async (_request: FastifyRequest, reply: FastifyReply) => {
    const nonce = randomBytes(16).toString('base64')
    reply.header(
      'content-security-policy',
      `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    )
    const html = renderDocs(endpoints, description as unknown as Described, nonce)
    return reply.type('text/html; charset=utf-8').send(html)
  }
  app.get('/docs', sendPage)
  app.get('/redoc', sendPage)
}
