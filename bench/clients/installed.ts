/**
 * Our clients as a user has them: the built packages, packed by pnpm and unpacked into a `node_modules` of their own,
 * with what they depend on beside them.
 */
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = dirname(dirname(import.meta.dirname))

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/** Builds the clients and all they depend on, and gives the folder that they are installed in. It goes with the process. */
export function installClients(): string {
  execFileSync(
    'turbo',
    [
      'run',
      'build',
      '--output-logs=errors-only',
      ...['jira', 'confluence'].map((name) => `--filter=@telamon/${name}...`),
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const folder = mkdtempSync(join(tmpdir(), 'clients-'))
  process.on('exit', () => rmSync(folder, { recursive: true }))
  for (const name of ['jira', 'confluence']) install(name, folder)
  return folder
}

/** Puts a package of ours, and all it depends on, into the folder, unless it is there. */
function install(name: string, folder: string): void {
  const home = join(root, 'packages', name)
  const manifest: Manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  const target = join(folder, 'node_modules', manifest.name)
  if (existsSync(target)) return
  mkdirSync(target, { recursive: true })
  execFileSync('pnpm', ['pack', '--pack-destination', folder], { cwd: home, stdio: 'ignore' })
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (tarball === undefined) throw new Error(`pnpm pack made nothing of ${manifest.name}`)
  execFileSync('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', target])
  rmSync(join(folder, tarball))
  for (const dependency of Object.keys(manifest.dependencies ?? {})) {
    const [scope, own] = dependency.split('/')
    if (scope === '@telamon' && own !== undefined) install(own, folder)
    else link(join(folder, 'node_modules', dependency), join(home, 'node_modules', dependency))
  }
}

/** What is not ours is where pnpm has put it. */
function link(place: string, target: string): void {
  if (existsSync(place)) return
  mkdirSync(dirname(place), { recursive: true })
  symlinkSync(realpathSync(target), place)
}
