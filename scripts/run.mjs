/**
 * Lets the root's scripts work on a machine that has npm and Node 20 or later and nothing else: installs what the
 * lockfiles name, if that has changed since, and runs the command on the Node that was installed.
 * Plain JavaScript without dependencies, since it runs before anything is installed.
 *
 * Usage: node scripts/run.mjs [--with FOLDER]... COMMAND [ARGUMENT...]
 *   --with FOLDER   also install this workspace of its own (`runtimes`, `bench`, `codegen`)
 *   COMMAND         a program of `node_modules/.bin`, or `pnpm`
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = 20
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const parent = process.ppid
const windows = process.platform === 'win32'

const major = Number(process.versions.node.split('.')[0])
if (major < OLDEST_NODE) {
  fail(
    `Telamon needs Node ${OLDEST_NODE} or later to begin with, and this is ${process.versions.node}. Install a newer one from https://nodejs.org and repeat the command.`,
  )
}

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const environment = {
  ...process.env,
  PATH: join(root, 'node_modules', '.bin') + delimiter + process.env.PATH,
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
}

const words = process.argv.slice(2)
const folders = ['.']
while (words[0] === '--with') folders.push(words.splice(0, 2)[1])
const [command, ...rest] = words
if (command === undefined)
  fail('Which command? Usage: node scripts/run.mjs [--with FOLDER]... COMMAND [ARGUMENT...]')

for (const folder of folders) await install(join(root, folder), folder)
end(command === 'pnpm' ? await pnpm(root, ...rest) : await run(command, rest, root))

/** Installs a workspace unless lockfile, package manager and platform are those of the last time. */
async function install(folder, name) {
  const stamp = join(folder, 'node_modules', '.installed')
  const wanted = fingerprint(folder)
  if (wanted === installed(stamp)) return
  const what = name === '.' ? 'what Telamon needs' : `what ${name}/ needs`
  console.error(`Installing ${what}. This happens once, and again when the lockfile changes.`)
  const result = await pnpm(folder, 'install', '--frozen-lockfile', '--prefer-offline')
  if (result.code !== 0) {
    fail(
      'The installation failed; the lines above say where. It needs the npm registry once: check the connection and free space, and repeat the command.',
      result,
    )
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}

/** What has to be the same for a folder to be right. */
function fingerprint(folder) {
  const lockfile = readFileSync(join(folder, 'pnpm-lock.yaml'))
  const { platform, arch } = process
  return createHash('sha256').update(`${packageManager} ${platform} ${arch}\n`).update(lockfile).digest('hex')
}

function installed(stamp) {
  try {
    return readFileSync(stamp, 'utf8')
  } catch {
    return undefined
  }
}

/** pnpm in the version that package.json names. Without `--prefer-offline` npx waits a minute for a missing network. */
function pnpm(folder, ...args) {
  return run('npx', ['--yes', '--prefer-offline', packageManager, ...args], folder)
}

/** Runs a program in a process group of its own, since npx, pnpm and their shells do not pass signals on. */
async function run(program, args, cwd) {
  const child = spawn(program, args, {
    cwd,
    env: environment,
    stdio: 'inherit',
    detached: !windows,
    shell: windows,
  })
  const tell = (signal) => {
    if (child.pid === undefined) return
    try {
      if (windows) child.kill(signal)
      else process.kill(-child.pid, signal)
    } catch {
      // The group has ended by itself.
    }
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const name of signals) process.on(name, tell)
  const watch = setInterval(() => orphaned() && tell('SIGTERM'), 1000)
  const [code, signal] = await new Promise((resolve) => {
    child.once('error', (error) => fail(`${program} could not be started: ${error.message}`))
    child.once('exit', (...result) => resolve(result))
  })
  clearInterval(watch)
  for (const name of signals) process.off(name, tell)
  return { code, signal }
}

/** Whether the npm that started this is gone: it dies of a SIGTERM without passing it on. */
function orphaned() {
  return process.env.npm_lifecycle_event !== undefined && process.ppid !== parent
}

/** Ends as the command did. */
function end({ code, signal }) {
  if (signal) process.kill(process.pid, signal)
  process.exitCode = code ?? 1
}

function fail(sentence, result) {
  console.error(`\n${sentence}`)
  process.exit(result?.code || 1)
}
