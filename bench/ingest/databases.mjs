// The two kinds of database the bench runs on, fresh for every round: data folders, and a private PostgreSQL.
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { register } from 'tsx/esm/api'

register()
const { makePostgres } = await import('#tests/support/postgres.ts')

const folder = () => mkdtempSync(path.join(os.tmpdir(), 'callboard-bench-'))
const discard = (...folders) => {
  for (const each of folders) rmSync(each, { recursive: true, force: true })
}

/**
 * A kind of database: `round` hands out two empty ones, `product` for the server and `reference` for the loop.
 * @typedef {object} Kind
 * @property {string} name
 * @property {() => Promise<{ server: object, product: object, reference: object, discard: () => void }>} round
 */

/** @returns {Kind} */
export function embedded() {
  return {
    name: 'embedded',
    async round() {
      const [product, reference] = [folder(), folder()]
      return {
        server: { dataDir: product },
        product: { dataDir: product },
        reference: { dataDir: reference },
        discard: () => discard(product, reference),
      }
    },
  }
}

/**
 * A PostgreSQL of the bench's own, durable as installed (fsync on), or the reason why there is none.
 * @returns {Promise<{ kind: Kind, remove: () => void } | { reason: string }>}
 */
export async function postgres() {
  const cluster = await makePostgres()
  if ('reason' in cluster) return cluster
  const fresh = async (database) => {
    const client = new pg.Client({ connectionString: cluster.url })
    await client.connect()
    await client.query(`drop database if exists ${database} with (force)`)
    await client.query(`create database ${database}`)
    await client.end()
    return { url: cluster.url.replace(/postgres$/, database) }
  }
  return {
    remove: () => cluster.remove(),
    kind: {
      name: 'PostgreSQL',
      async round() {
        const data = folder()
        const product = await fresh('product')
        return {
          server: { dataDir: data, env: { DATABASE_URL: product.url, AUTH: 'local', DEMO: '1' } },
          product,
          reference: await fresh('reference'),
          discard: () => discard(data),
        }
      },
    },
  }
}

/** Runs the reference loop in a process of its own. */
export function runReference(task) {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, 'reference.mjs'))
    child.once('message', ({ outcome, error }) => (error ? reject(new Error(error)) : resolve(outcome)))
    child.once('exit', (code) => reject(new Error(`The reference loop ended with ${code}.`)))
    child.send(task)
  })
}
