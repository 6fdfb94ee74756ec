// CPU and memory of processes and their threads, as the operating system counts them (/proc, Linux).
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK']).toString())

/** Name and CPU seconds in a `stat` file of /proc. The name stands in brackets and may hold spaces. */
function readStat(file) {
  const stat = readFileSync(file, 'utf8')
  const end = stat.lastIndexOf(')')
  const fields = stat.slice(end + 2).split(' ')
  return {
    name: stat.slice(stat.indexOf('(') + 1, end),
    seconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
  }
}

/**
 * CPU seconds a process has used so far, all its threads, without its children.
 * @param {number} pid
 * @returns {number}
 */
export const cpuSeconds = (pid) => readStat(`/proc/${pid}/stat`).seconds

/**
 * Every thread that lives at this moment. The first one of a process has the process's id.
 * @param {number} pid
 * @returns {{ tid: number, name: string, seconds: number }[]}
 */
export function threads(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap((tid) => {
    try {
      return [{ tid: Number(tid), ...readStat(`/proc/${pid}/task/${tid}/stat`) }]
    } catch {
      // It ended between the two readings.
      return []
    }
  })
}

/**
 * CPU seconds per thread name, e.g. `CrRendererMain`, summed over threads of the same name. Node's main thread is `main`.
 * @param {number} pid
 * @returns {Map<string, number>}
 */
export function threadSeconds(pid) {
  const sums = new Map()
  for (const { tid, name, seconds } of threads(pid)) {
    const key = tid === pid && name === 'node' ? 'main' : name
    sums.set(key, (sums.get(key) ?? 0) + seconds)
  }
  return sums
}

/**
 * The busiest threads between now and the call of the returned function, in cores (CPU seconds per second).
 * @param {number} pid
 * @returns {() => { tid: number, name: string, cores: number }[]}
 */
export function watchThreads(pid) {
  const before = new Map(threads(pid).map(({ tid, seconds }) => [tid, seconds]))
  const began = performance.now()
  return () => {
    const elapsed = (performance.now() - began) / 1000
    return threads(pid)
      .map(({ tid, name, seconds }) => ({
        tid,
        name: tid === pid && name === 'node' ? 'main' : name,
        cores: (seconds - (before.get(tid) ?? 0)) / elapsed,
      }))
      .sort((a, b) => b.cores - a.cores)
  }
}

/**
 * Memory a process holds (resident set), bytes.
 * @param {number} pid
 * @returns {number}
 */
export function residentBytes(pid) {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(line?.[1] ?? 0) * 1024
}
