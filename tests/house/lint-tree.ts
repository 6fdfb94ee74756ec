// Lints a small tree of its own under the rules of the house, so that a rule can be seen to bite.
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

export interface Finding {
  /** Path below the linted tree. */
  file: string
  /** For example `boundaries(dependencies)`. */
  rule: string
  message: string
}

/** Findings of oxlint in a folder that holds an `.oxlintrc.json`. Throws when the linter itself fails. */
export async function lintFolder(folder: string): Promise<Finding[]> {
  const args = [join(root, 'node_modules/oxlint/bin/oxlint'), '--format=json']
  const output = await new Promise<string>((done, fail) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 1 << 26 }, (_error, stdout, stderr) => {
      // A non-zero exit is what findings look like; only output that is no report is a failure.
      if (stdout.includes('"diagnostics"')) done(stdout.slice(stdout.indexOf('{')))
      else fail(new Error(`oxlint left no report: ${stdout}${stderr}`))
    })
  })
  const report = JSON.parse(output) as { diagnostics: { filename: string; code: string; message: string }[] }
  return report.diagnostics.map(({ filename, code, message }) => ({ file: filename, rule: code, message }))
}

/** Writes the files (path → text) into a fresh folder beside the house's rules and lints it. */
export async function lintFiles(files: Record<string, string>): Promise<Finding[]> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'callboard-fences-')))
  try {
    for (const name of [
      '.oxlintrc.json',
      'package.json',
      'tsconfig.base.json',
      'tsconfig.json',
      'scripts/lint',
    ]) {
      await cp(join(root, name), join(folder, name), { recursive: true })
    }
    for (const scope of ['contract', 'src', 'server', 'tests']) {
      await cp(join(root, scope, 'tsconfig.json'), join(folder, scope, 'tsconfig.json'))
    }
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    return await lintFolder(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
