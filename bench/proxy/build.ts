import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const folder = join(import.meta.dirname, '..', '..', 'apps', 'proxy')

/** Bundles the proxy as it is published, and answers with the file. */
export function buildProxy(): string {
  const { scripts }: { readonly scripts: { readonly build: string } } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  const path = [join(folder, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)
  const [program = '', ...args] = scripts.build.split(' ')
  execFileSync(program, args, { cwd: folder, env: { ...process.env, PATH: path }, stdio: 'ignore' })
  return join(folder, 'dist', 'main.js')
}
