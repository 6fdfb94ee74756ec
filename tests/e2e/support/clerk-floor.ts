// A server whose people sign in with Clerk, set up the way an operator does it, and a browser that finds Clerk's host here.
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Webhook } from 'standardwebhooks'
import type { z } from 'zod'
import type { TelephonyEvent } from '#contract/telephony.ts'
import { type ClerkApi, startClerkApi } from '#tests/e2e/support/clerk-api.ts'
import { organization } from '#tests/e2e/support/clerk-objects.ts'
import { clerkJsVersion, fetchClerkScript } from '#tests/e2e/support/clerk-script.ts'
import { test as base, startFloor } from '#tests/e2e/support/floor.ts'

export const clerkPassword = 'correct horse battery'
/** Life of the tokens, s: Clerk's script renews them when some ten seconds are left. */
export const tokenLife = 20

const noScript = `Skipped: @clerk/clerk-js ${clerkJsVersion} is not here and could not be fetched from the package registry.`

interface Watched {
  url: string
  /** Posts facts of the linked company by its signed webhook. */
  report(...events: z.input<typeof TelephonyEvent>[]): Promise<void>
}

interface ClerkFixtures {
  /** Clerk as the browser of this journey reaches it; nobody is signed in. */
  clerk: ClerkApi
}

/** Runs `npm run create-owner` for the organization and gives back the secret it tells. */
async function linkCompany(dataDir: string): Promise<string> {
  const words = ['--company', organization.name, '--external-id', organization.id]
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'create-owner', '--', ...words], {
    env: { ...process.env, DATA_DIR: dataDir },
    timeout: 60_000,
    shell: process.platform === 'win32',
  })
  const [secret] = /whsec_\S+/.exec(stdout) ?? []
  if (!secret) throw new Error(`create-owner told no secret:\n${stdout}`)
  return secret
}

export const test = base.extend<
  ClerkFixtures,
  { clerkScripts: string | null; clerkApi: ClerkApi; watched: Watched }
>({
  clerkScripts: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      let folder: string | null = null
      try {
        folder = fetchClerkScript()
      } catch (error) {
        // Where tests decide, a journey that cannot run is a failure; on a plane it is a pity.
        if (process.env.CI) throw error
        process.stderr.write(`${noScript}\n${(error as Error).message}\n`)
      }
      await use(folder)
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  clerkApi: [
    async ({ clerkScripts }, use) => {
      const api = await startClerkApi({ scripts: clerkScripts ?? '', password: clerkPassword, tokenLife })
      await use(api)
      await api.close()
    },
    { scope: 'worker' },
  ],
  watched: [
    async ({ clerkApi }, use) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'callboard-clerk-'))
      const webhook = new Webhook(await linkCompany(dataDir))
      const floor = await startFloor({
        DATA_DIR: dataDir,
        DEMO: '',
        FEED: 'none',
        CLERK_PUBLISHABLE_KEY: clerkApi.publishableKey,
        CLERK_JWKS_URL: `${clerkApi.url}/.well-known/jwks.json`,
        CLERK_JS_URL: `${clerkApi.url}/clerk-js/clerk.browser.js`,
      })
      await use({
        url: floor.url,
        async report(...events) {
          const id = randomUUID()
          const body = JSON.stringify({ events })
          const at = new Date()
          const answer = await fetch(`${floor.url}/api/v1/webhooks/telephony`, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              'webhook-id': id,
              'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
              'webhook-signature': webhook.sign(id, at, body),
            },
            body,
          })
          if (!answer.ok) throw new Error(`The facts were refused: ${answer.status} ${await answer.text()}`)
        },
      })
      await floor.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  clerk: [
    async ({ page, clerkScripts, clerkApi, clean }, use) => {
      base.skip(clerkScripts === null, noScript)
      // Said by Clerk's script about every key that begins with pk_test_.
      clean.allow(/^Clerk: Clerk has been loaded with development keys\./)
      await page.route(`https://${clerkApi.host}/**`, async (route) => {
        const { pathname, search } = new URL(route.request().url())
        await route.fulfill({ response: await route.fetch({ url: `${clerkApi.url}${pathname}${search}` }) })
      })
      clerkApi.reset(organization.id)
      await use(clerkApi)
    },
    { auto: true },
  ],
})
