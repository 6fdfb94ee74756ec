// What a bench says at its end: a table, targets met or missed, how to read it, and the same as JSON in bench/results/.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from './server.mjs'

/** @param {string} text */
export const say = (text) => process.stdout.write(`${text}\n`)

/** The machine the numbers belong to. */
export function machine() {
  return {
    cpus: os.cpus().length,
    cpu: os.cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    kernel: os.release(),
    node: process.version,
    commit: commit(),
  }
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, stdio: 'pipe' })
      .toString()
      .trim()
  } catch {
    return null
  }
}

/**
 * A target and what came out.
 * @param {string} name
 * @param {number | null} value
 * @param {'<=' | '<' | '>='} rule
 * @param {number} bound
 */
export function target(name, value, rule, bound) {
  const met =
    value !== null && (rule === '>=' ? value >= bound : rule === '<' ? value < bound : value <= bound)
  return { name, value, target: `${rule} ${bound}`, met }
}

/**
 * Prints and writes `bench/results/<name>.json`.
 * @param {object} report
 * @param {string} report.name of the file
 * @param {readonly object[]} report.rows
 * @param {readonly ReturnType<typeof target>[]} [report.targets]
 * @param {readonly string[]} report.howToRead sentences
 * @param {object} [report.details] goes to the file only
 */
export function finish({ name, rows, targets = [], howToRead, details }) {
  const at = new Date().toISOString()
  const where = machine()
  say(`\n${name}: ${where.cpus} cores (${where.cpu}), ${where.memoryGiB} GiB, node ${where.node}, ${at}`)
  console.table(rows)
  for (const { name: what, value, target: bound, met } of targets)
    say(`${met ? 'met   ' : 'MISSED'}  ${what}: ${value} (target ${bound})`)
  say(`\nHow to read this\n${howToRead.map((line) => `- ${line}`).join('\n')}`)
  const file = path.join(root, `bench/results/${name}.json`)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(
    file,
    `${JSON.stringify({ at, machine: where, targets, rows, howToRead, ...details }, null, 2)}\n`,
  )
  say(`\nWritten to ${path.relative(root, file)}`)
}
