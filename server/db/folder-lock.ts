// One process per data folder: a second one would silently lose rows. The lock names the process and its start time.
import fs from 'node:fs'
import path from 'node:path'

const startTime = (pid: number): string | null => {
  try {
    // Field 22 of /proc/<pid>/stat; counted after the command's closing bracket, which may hold spaces.
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

function isAlive(owner: { pid: number; started: string | null }): boolean {
  if (owner.started !== null) return startTime(owner.pid) === owner.started
  try {
    process.kill(owner.pid, 0)
    return true
  } catch {
    return false
  }
}

/** Thrown when another living process has the folder; the message names it and says what to do. */
export class FolderInUse extends Error {
  override name = 'FolderInUse'
  constructor(folder: string, pid: number) {
    super(
      `The data folder ${folder} is in use by process ${pid}. Stop it, or set DATA_DIR to another folder.`,
    )
  }
}

/**
 * Takes the folder for this process and returns the release. Throws `FolderInUse` with the holder's pid when another living process
 * has it; a lock left by a dead process is taken over.
 */
export function lockFolder(folder: string): () => void {
  fs.mkdirSync(folder, { recursive: true })
  const file = path.join(folder, 'lock.json')
  const mine = JSON.stringify({ pid: process.pid, started: startTime(process.pid) })
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      fs.writeFileSync(file, mine, { flag: 'wx', mode: 0o600 })
      return () => {
        if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === mine) fs.rmSync(file)
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    let owner: { pid: number; started: string | null } | null = null
    try {
      owner = JSON.parse(fs.readFileSync(file, 'utf8')) as { pid: number; started: string | null }
    } catch {
      // Half-written by a process that died while writing it: nobody owns it.
    }
    if (owner && isAlive(owner)) throw new FolderInUse(folder, owner.pid)
    fs.rmSync(file, { force: true })
  }
  throw new Error(`The data folder ${folder} could not be locked.`)
}
