import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { roles } from '#contract/permissions.ts'
import {
  OwnerError,
  createOwner,
  hasAnyUser,
  hasLinkedCompany,
  linkCompany,
  slugOf,
} from '#server/auth/create-owner.ts'
import { demoCompanies, demoPassword, demoPeople } from '#server/auth/demo-users.ts'
import { hashPassword, verifyPassword } from '#server/auth/password.ts'
import { ensureSecrets } from '#server/auth/secrets.ts'
import { useDatabase } from '#tests/support/database.ts'
import { readPipedLine } from '#server/auth/read-password.ts'
import { type AuthFixture, login, seedPeople, start, startAuth } from '#tests/server/auth/auth-fixture.ts'

const database = useDatabase()
let fixture: AuthFixture | undefined
let folder: string
beforeEach(async () => {
  await database().db.deleteFrom('company_heads').execute()
  await seedPeople(database().db)
  folder = await mkdtemp(join(tmpdir(), 'callboard-secrets-'))
})
afterEach(async () => {
  await fixture?.stop()
  fixture = undefined
  await database().db.deleteFrom('company_heads').execute()
  await rm(folder, { recursive: true })
})

const owner = {
  email: 'Ruth@Smith.example',
  name: 'Ruth Smith',
  company: 'Smith & Söhne Roofing',
  password: 'a good password',
}

test('the first owner can sign in', async () => {
  const made = await createOwner(database().db, owner, start)
  expect(made).toMatchObject({ companySlug: 'smith-sohne-roofing', isNewCompany: true })
  fixture = startAuth(database().db)
  const answer = await login(fixture.app, owner.email, owner.password)
  expect(answer.json().user).toMatchObject({
    role: 'owner',
    tenant_id: made.companyId,
    email: 'ruth@smith.example',
    tenant_name: 'Smith & Söhne Roofing',
  })
})

test('a second owner joins the company of that name; each company has a webhook secret of its own', async () => {
  const first = await createOwner(database().db, owner, start)
  const second = await createOwner(database().db, { ...owner, email: 'b@smith.example' }, start)
  expect(second).toMatchObject({ companyId: first.companyId, isNewCompany: false })
  await createOwner(database().db, { ...owner, email: 'c@else.example', company: 'Else' }, start)
  const secrets = await database().db.selectFrom('companies').select('webhook_secret').execute()
  const made = secrets
    .map((row) => row.webhook_secret)
    .filter((text) => /^whsec_[A-Za-z0-9+/]{43}=$/.test(text))
  expect(new Set(made).size).toBe(2)
})

test('a taken e-mail and input that will not do are refused in words, and nothing is left behind', async () => {
  await expect(createOwner(database().db, { ...owner, email: 'DANA@example.com' }, start)).rejects.toThrow(
    'somebody has this e-mail',
  )
  const bad = createOwner(database().db, { email: 'x', name: ' ', company: '', password: 'short' }, start)
  await expect(bad).rejects.toThrow(OwnerError)
  await expect(bad).rejects.toThrow(/email: .*\nname: .*\ncompany: .*\npassword: Choose at least 10/)
  expect(await database().db.selectFrom('companies').select('id').execute()).toHaveLength(2)
})

test('the process can tell that nobody can sign in yet', async () => {
  expect(await hasAnyUser(database().db)).toBe(true)
  await database().db.deleteFrom('users').execute()
  expect(await hasAnyUser(database().db)).toBe(false)
})

test('names become addresses', () => {
  expect(slugOf('  Ace   Plumbing, Inc. ')).toBe('ace-plumbing-inc')
  expect(slugOf('屋根')).toBe('company')
})

test('a password is taken from a pipe up to the end of its line', async () => {
  expect(await readPipedLine(Readable.from(['pass', 'word one\r\nmore']))).toBe('password one')
})

test('a hash carries its cost, is salted, and refuses what it is not', async () => {
  const cost = { N: 1024, r: 8, p: 1 }
  const hash = await hashPassword('Pa55 ü', cost)
  expect(hash).toMatch(/^scrypt\$1024\$8\$1\$/)
  expect(await hashPassword('Pa55 ü', cost)).not.toBe(hash)
  expect(await verifyPassword('Pa55 u\u0308', hash)).toBe(true)
  expect(await verifyPassword('Pa55 u', hash)).toBe(false)
  expect(await verifyPassword('x', 'md5$x')).toBe(false)
})

test('secrets are made once, kept for the server’s own eyes, and those configured win', async () => {
  const dataDir = join(folder, 'data')
  const [first, second] = await Promise.all([ensureSecrets(dataDir, {}), ensureSecrets(dataDir, {})])
  expect(second).toEqual(first)
  expect(first.jwtSecret.length).toBeGreaterThanOrEqual(32)
  expect(first.webhookSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  for (const name of ['jwt-secret', 'webhook-secret'])
    expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o600)
  expect(await readFile(join(dataDir, 'jwt-secret'), 'utf8')).toBe(first.jwtSecret)
  expect(await ensureSecrets(dataDir, { jwtSecret: 'mine' })).toEqual({ ...first, jwtSecret: 'mine' })
})

test('the demo has every role, and a second company', () => {
  const demo = demoCompanies.find(({ slug }) => slug === 'demo')!
  expect(new Set(demo.users.map(({ role }) => role))).toEqual(new Set(roles))
  expect(demo.users.map(({ email }) => email.split('@')[0])).toEqual(
    expect.arrayContaining(['owner', 'manager', 'dispatcher', 'csr', 'rep', 'tech', 'viewer']),
  )
  const people = demoPeople()
  expect(people).toHaveLength(8)
  expect(people.at(-1)).toMatchObject({ email: 'manager@acme.callboard.test', role: 'manager' })
  expect(demoPassword).toBe('callboard')
})

test('a company is linked to an organization once, new or there already, and needs no owner for it', async () => {
  const db = database().db
  const made = await linkCompany(db, { company: 'Else', externalId: 'org_else' }, start)
  expect(made).toMatchObject({ companySlug: 'else', isNewCompany: true })
  expect(made.webhookSecret).toMatch(/^whsec_/)
  expect(await linkCompany(db, { company: 'Else', externalId: 'org_else' }, start)).toEqual({
    ...made,
    isNewCompany: false,
  })
  const local = await createOwner(db, owner, start)
  await linkCompany(db, { company: owner.company, externalId: 'org_smith' }, start)
  const linked = await db
    .selectFrom('companies')
    .select('external_id')
    .where('id', '=', local.companyId)
    .executeTakeFirst()
  expect(linked).toEqual({ external_id: 'org_smith' })

  const another = linkCompany(db, { company: 'Else', externalId: 'org_third' }, start)
  await expect(another).rejects.toThrow('linked to another organization already')
  const taken = linkCompany(db, { company: 'Third', externalId: 'org_else' }, start)
  await expect(taken).rejects.toThrow('the company "Else" is linked to this organization')
  await expect(linkCompany(db, { company: '', externalId: ' ' }, start)).rejects.toThrow(
    /company: .*\nexternalId: /,
  )
})

test('the process can tell that no company is linked yet', async () => {
  await database().db.updateTable('companies').set({ external_id: null }).execute()
  expect(await hasLinkedCompany(database().db)).toBe(false)
  await linkCompany(database().db, { company: 'Else', externalId: 'org_else' }, start)
  expect(await hasLinkedCompany(database().db)).toBe(true)
})
