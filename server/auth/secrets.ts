// Secrets the server makes for itself: once, kept in its data folder, readable by its own user only.
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Secrets {
  jwtSecret: string
  /** `whsec_` and base64, as Standard Webhooks has it. */
  webhookSecret: string
}

/** A new webhook secret; each company has its own. */
export function makeWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}

/** The file's content; written first when it is not there. Two servers that start at once end up with one secret. */
async function keep(path: string, make: () => string): Promise<string> {
  try {
    await writeFile(path, make(), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  await chmod(path, 0o600)
  const secret = (await readFile(path, 'utf8')).trim()
  if (secret === '') throw new Error(`${path} is empty. Delete it to have a new secret made.`)
  return secret
}

/** What is configured, or else what is kept in `dataDir`, made on the first start. */
export async function ensureSecrets(
  dataDir: string,
  configured: { jwtSecret?: string | undefined; webhookSecret?: string | undefined },
): Promise<Secrets> {
  const { jwtSecret, webhookSecret } = configured
  if (!jwtSecret || !webhookSecret) await mkdir(dataDir, { recursive: true, mode: 0o700 })
  return {
    jwtSecret:
      jwtSecret ?? (await keep(join(dataDir, 'jwt-secret'), () => randomBytes(48).toString('base64url'))),
    webhookSecret: webhookSecret ?? (await keep(join(dataDir, 'webhook-secret'), makeWebhookSecret)),
  }
}
