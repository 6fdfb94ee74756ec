// Passwords as memory-hard hashes that carry their own parameters, so that these can grow without a migration.
import { type ScryptOptions, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** Work of a new hash: 32 MB of memory. */
export interface HashCost {
  N: number
  r: number
  p: number
}
export const defaultCost: HashCost = { N: 2 ** 15, r: 8, p: 1 }

const keyBytes = 32

function derive(password: string, salt: Buffer, length: number, cost: HashCost): Promise<Buffer> {
  // The same letters typed on another system must give the same bytes.
  const text = password.normalize('NFKC')
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r }
  return new Promise((resolve, reject) => {
    scrypt(text, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export async function hashPassword(password: string, cost: HashCost = defaultCost): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, keyBytes, cost)
  const parts = ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')]
  return parts.join('$')
}

/** True when the password gives the hash. False for a hash this server cannot read. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [kind, N, r, p, salt, key] = hash.split('$')
  if (kind !== 'scrypt' || !salt || !key) return false
  const expected = Buffer.from(key, 'base64url')
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  const given = await derive(password, Buffer.from(salt, 'base64url'), expected.length, cost)
  return timingSafeEqual(given, expected)
}

/**
 * A check that takes as long for an unknown person as for a known one: without a hash a hash of nothing is compared,
 * and the answer is false.
 */
export function createPasswordCheck(cost: HashCost = defaultCost) {
  const nobody = hashPassword(randomBytes(16).toString('hex'), cost)
  return async (password: string, hash: string | null): Promise<boolean> => {
    const matches = await verifyPassword(password, hash ?? (await nobody))
    return matches && hash !== null
  }
}
