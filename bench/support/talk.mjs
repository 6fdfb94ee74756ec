// Speaks with a forked process: one question, one answer, in order; a process that ends fails what was asked of it.
import { fork } from 'node:child_process'

/**
 * @param {string} file program to fork
 * @param {{ args?: string[], execArgv?: string[] }} [options]
 * @returns {{ pid: number, ask(question: object): Promise<any>, stop(): Promise<void> }}
 */
export function talkTo(file, { args = [], execArgv = [] } = {}) {
  const child = fork(file, args, { execArgv })
  const waiting = []
  child.on('message', (answer) => {
    const { resolve, reject } = waiting.shift() ?? {}
    if (answer.error) reject?.(new Error(answer.error))
    else resolve?.(answer)
  })
  const ended = new Promise((resolve) => {
    child.once('exit', () => {
      for (const { reject } of waiting.splice(0)) reject(new Error(`${file} ended.`))
      resolve()
    })
  })
  return {
    pid: child.pid,
    ask(question) {
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject })
        child.send(question)
      })
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
