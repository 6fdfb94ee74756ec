import { expect, type Page } from '@playwright/test'
import { decodeJwt } from 'jose'
import { protocolDefaults } from '#contract/protocol.ts'
import { clerkPassword, test, tokenLife } from '#tests/e2e/support/clerk-floor.ts'

/** Every socket of the page, with the ends (epoch ms) of the tokens that were sent over it after it had opened. */
function watchSockets(page: Page): { renewedUntil: number[] }[] {
  const sockets: { renewedUntil: number[] }[] = []
  page.on('websocket', (socket) => {
    const seen = { renewedUntil: [] as number[] }
    sockets.push(seen)
    socket.on('framesent', ({ payload }) => {
      const [, token] = /"auth",(?:"data":)?\{"token":"([^"]+)"/.exec(String(payload)) ?? []
      if (token) seen.renewedUntil.push((decodeJwt(token).exp ?? 0) * 1000)
    })
  })
  return sockets
}

async function signInWithClerk(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Email address').fill('mia@example.com')
  await page.getByLabel('Password', { exact: true }).fill(clerkPassword)
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
}

const connection = (page: Page) => page.locator('[data-connection]').first()

test('a supervisor signs in with Clerk, stays live past the end of the first token, and signs out', async ({
  page,
  clerk,
  watched,
}) => {
  test.setTimeout(180_000)
  await watched.report({ event: 'call.started', data: { call: { id: 'c-1', contact_name: 'Ida Waits' } } })
  const sockets = watchSockets(page)
  const me = page.waitForResponse(/\/api\/v1\/auth\/me$/)
  await signInWithClerk(page, watched.url)
  expect(await (await me).json()).toMatchObject({
    user_id: 'user_mia',
    role: 'manager',
    name: 'Mia Castro',
    tenant_name: 'Lone Star Roofing',
  })
  await expect(page).toHaveURL(/\/live$/)
  await expect(connection(page)).toHaveAttribute('data-connection', 'live')
  await expect(page.locator('[data-call-id="c-1"]')).toBeVisible()

  const first = sockets.length
  const stateLog = await page.evaluateHandle(() => {
    const seen: string[] = []
    const look = () => {
      const state = document.querySelector('[data-connection]')?.getAttribute('data-connection') ?? 'gone'
      if (seen.at(-1) !== state) seen.push(state)
    }
    look()
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-connection'],
    })
    return seen
  })
  // Without a renewal the server would hang up now.
  const hangUpAt = Date.now() + tokenLife * 1000 + protocolDefaults.tokenGraceMs
  await expect.poll(() => Date.now(), { timeout: 90_000 }).toBeGreaterThan(hangUpAt)
  await watched.report({ event: 'call.started', data: { call: { id: 'c-2', contact_name: 'Otto Late' } } })
  await expect(page.locator('[data-call-id="c-2"]')).toBeVisible()
  expect(await stateLog.jsonValue()).toEqual(['live'])
  expect(sockets).toHaveLength(first)
  expect(sockets.at(-1)?.renewedUntil.at(-1)).toBeGreaterThan(hangUpAt - protocolDefaults.tokenGraceMs)

  await page.getByRole('button', { name: /^Mia Castro, Manager/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByLabel('Email address')).toBeVisible()
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(page.getByText('Your session has expired')).toHaveCount(0)
  expect(clerk.isSignedIn()).toBe(false)
})

test('a deep link leads through the sign-in to its call', async ({ page, watched }) => {
  await watched.report({ event: 'call.started', data: { call: { id: 'c-3', contact_name: 'Deep Link' } } })
  await signInWithClerk(page, `${watched.url}/live/c-3`)
  await expect(page).toHaveURL(/\/live\/c-3$/)
  await expect(page.getByRole('region', { name: 'Step in' })).toBeVisible()
})

test('who has chosen no company chooses one, and the console opens', async ({
  page,
  clerk,
  clean,
  watched,
}) => {
  // The browser's own word for the 401 that asks for a company.
  clean.allow(/the server responded with a status of 401/)
  clerk.reset(null)
  await signInWithClerk(page, watched.url)
  await page.getByRole('button', { name: /Lone Star Roofing/ }).click()
  await expect(connection(page)).toHaveAttribute('data-connection', 'live')
})

test('who comes for a company that is not watched here is told so, and can leave', async ({
  page,
  clerk,
  clean,
  watched,
}) => {
  clean.allow(/the server responded with a status of 403/)
  clerk.reset('org_elsewhere')
  await signInWithClerk(page, watched.url)
  await expect(page.getByText('This organization is not set up here.')).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByLabel('Email address')).toBeVisible()
})

test('when Clerk’s script does not arrive, the page says so instead of waiting', async ({
  page,
  clerk,
  clean,
  watched,
}) => {
  clean.allow(/net::ERR_FAILED|Clerk/)
  await page.route(`${clerk.url}/**`, (route) => route.abort())
  await page.goto(watched.url)
  await expect(page.getByRole('alert')).toContainText('The sign-in could not be loaded', { timeout: 60_000 })
})
