/**
 * Runs what would be published on the oldest Node it supports: packs every library, installs the tarballs into an empty
 * folder as a user would, imports each door on Node 22, and runs a plain JavaScript program that uses the clients, as it
 * is and bundled; lets the proxy answer a client on Node 20, 22 and 24. Deno and Bun run the program too, where
 * `npm run check:runtimes` has installed them.
 *
 * Usage: node scripts/check-runtimes.ts   (after `turbo run build`, with runtimes/ installed)
 */
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { printed, program, serve } from './client-program.ts'

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly publishConfig: { readonly exports: Readonly<Record<string, string>> }
}

const root = dirname(import.meta.dirname)
const nodeOf = (major: number): string =>
  join(root, 'runtimes', `node-${major}`, 'node_modules', '.bin', 'node')
const out = mkdtempSync(join(tmpdir(), 'runtimes-'))
/** What the program depends on; Deno looks for what is named only. */
const clients = Object.fromEntries(['confluence', 'jira', 'rest'].map((name) => [`@telamon/${name}`, '*']))

try {
  const packages = readdirSync(join(root, 'packages')).map((folder) =>
    install(join(root, 'packages', folder)),
  )
  const doors = packages.flatMap(({ name, publishConfig }) =>
    doorsOf(name, Object.keys(publishConfig.exports)),
  )
  writeFileSync(join(out, 'doors.mjs'), importAll(doors))
  run(nodeOf(22), join(out, 'doors.mjs'))
  await useClients()
  install(join(root, 'apps', 'proxy'))
  for (const node of [nodeOf(20), nodeOf(22), process.execPath]) greet(node)
} finally {
  rmSync(out, { recursive: true })
}

/** Runs the program from its sources, and bundled in a folder without packages. */
async function useClients(): Promise<void> {
  const source = join(out, 'client.mjs')
  const elsewhere = mkdtempSync(join(tmpdir(), 'bundled-'))
  const bundle = join(elsewhere, 'client.js')
  const rolldown = join(root, 'apps', 'proxy', 'node_modules', '.bin', 'rolldown')
  const more = (name: string): string => join(root, 'runtimes', 'more', 'node_modules', '.bin', name)
  writeFileSync(source, program)
  writeFileSync(join(out, 'package.json'), JSON.stringify({ type: 'module', dependencies: clients }))
  writeFileSync(join(elsewhere, 'package.json'), '{"type":"module"}')
  const bundling = [source, '--dir', elsewhere, '--format', 'esm', '--platform', 'node', '--minify']
  execFileSync(rolldown, bundling, { stdio: ['ignore', 'ignore', 'inherit'], cwd: out })
  const uses: readonly (readonly [name: string, command: string, ...rest: readonly string[]])[] = [
    ['Node 22', nodeOf(22), source],
    ['Node 22, bundled', nodeOf(22), bundle],
    ['Deno', more('deno'), 'run', '--allow-all', '--node-modules-dir=manual', source],
    ['Bun', more('bun'), 'run', source],
  ]
  const { url, stop } = await serve()
  try {
    for (const [name, command, ...rest] of uses.filter(([, at]) => existsSync(at))) {
      const { stdout } = await promisify(execFile)(command, [...rest, url], { cwd: out })
      if (stdout.trim() !== printed) throw new Error(`${name} printed ${stdout} in place of ${printed}`)
      console.log(`the clients work on ${name}`)
    }
  } finally {
    stop()
    rmSync(elsewhere, { recursive: true })
  }
}

/** Unpacks a package's tarball into node_modules, and puts its dependencies beside it. */
function install(folder: string): Manifest {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const target = join(out, 'node_modules', manifest.name)
  mkdirSync(target, { recursive: true })
  execFileSync('pnpm', ['pack', '--pack-destination', out], { cwd: folder, stdio: 'ignore' })
  const tarball = readdirSync(out).find((name) => name.endsWith('.tgz'))
  if (tarball === undefined) throw new Error(`pnpm pack made nothing of ${manifest.name}`)
  execFileSync('tar', ['-xzf', join(out, tarball), '--strip-components=1', '-C', target])
  rmSync(join(out, tarball))
  for (const name of Object.keys(manifest.dependencies ?? {})) link(name, folder)
  return manifest
}

/** Packages of our own come from their tarballs; all others are linked to what is installed. */
function link(name: string, folder: string): void {
  const place = join(out, 'node_modules', name)
  if (name.startsWith('@telamon/')) return
  mkdirSync(dirname(place), { recursive: true })
  try {
    symlinkSync(realpathSync(join(folder, 'node_modules', name)), place)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/** The doors for tests need a test runner, and are not for this. */
function doorsOf(name: string, exports: readonly string[]): readonly string[] {
  return exports
    .filter((door) => door !== './package.json' && door !== './testing')
    .map((door) => join(name, door))
}

function importAll(doors: readonly string[]): string {
  const lines = doors.map((door) => `check(${JSON.stringify(door)}, await import(${JSON.stringify(door)}))`)
  const check = `const check = (door, module) => {
    if (Object.keys(module).length === 0) throw new Error(door + ' exports nothing')
  }`
  return `${check}\n${lines.join('\n')}\nconsole.log('${doors.length} doors open on Node ' + process.versions.node)\n`
}

/** Lets the proxy answer a client, without a server to reach. It has to end by itself with its input. */
function greet(node: string): void {
  const main = join(out, 'node_modules', '@telamon', 'proxy', 'dist', 'main.js')
  const clientInfo = { name: 'check', version: '1' }
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo }
  const { stdout, stderr, status } = spawnSync(node, [main, 'http://127.0.0.1:9/mcp'], {
    input: `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`,
    env: { HOME: out, PATH: process.env['PATH'], XDG_STATE_HOME: out },
    encoding: 'utf8',
    timeout: 30_000,
  })
  if (status !== 0 || !stdout.includes('"protocolVersion":"2025-11-25"'))
    throw new Error(`The proxy does not answer on ${node}: ${stderr}`)
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  console.log(`the proxy answers on Node ${version.slice(1)}`)
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: 'inherit', cwd: out })
}
