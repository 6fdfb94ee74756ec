// Runs another program in the foreground and waits for its end.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Resolves with the exit code (128 + signal number when a signal ended it, 127 when it could not be started).
 * Standard input stays closed, so that nothing waits for a keyboard that is not there.
 */
export function runProgram(command, args, { env = {}, cwd } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`)
      resolve(127)
    })
    child.once('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}
