/** What importing a client costs: processor time in a fresh process, over what Node itself needs. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

import { quietWaiter } from '../kit/processor.ts'
import { startServer } from '../kit/server-process.ts'
import { median, pairedRatio } from '../kit/statistics.ts'

export interface ImportRow {
  readonly name: string
  /** Milliseconds of processor time, median of the rounds. */
  readonly cost: number
  /** Resident MiB that came with it. */
  readonly mib: number
  /** Median over the rounds of this cost / the peer's. */
  readonly share: number
  readonly samples: readonly number[]
}

interface Contender {
  readonly peer: string
  /** Whether it stands where our clients are installed. */
  readonly ours?: true
  readonly code: string
}

const auth = `email: 'a@example.com', apiToken: 'b'`

const contenders: Readonly<Record<string, Contender>> = {
  'jira.js': { peer: 'jira.js', code: `await import('jira.js')` },
  'Telamon, Jira': { peer: 'jira.js', ours: true, code: `await import('@telamon/jira')` },
  'confluence.js': { peer: 'confluence.js', code: `await import('confluence.js')` },
  'Telamon, Confluence': { peer: 'confluence.js', ours: true, code: `await import('@telamon/confluence')` },
  'jira.js and a call': {
    peer: 'jira.js and a call',
    code: `const { createCloudClient } = await import('jira.js')
      const jira = createCloudClient({ host: url, auth: { type: 'basic', ${auth} } })
      await jira.issues.getIssue({ issueIdOrKey: 'ALPHA-7' })`,
  },
  'Telamon, Jira and a call': {
    peer: 'jira.js and a call',
    ours: true,
    code: `const [{ createJira }, { basicAuth }] = await Promise.all([import('@telamon/jira'), import('@telamon/rest')])
      const jira = createJira({ auth: basicAuth({ site: url, ${auth} }) })
      await jira.issues.get('ALPHA-7')`,
  },
}

interface Measured {
  readonly cost: number
  readonly mib: number
}

/** Runs a module in a fresh process. */
function measure(code: string, { cwd, url }: { readonly cwd: string; readonly url: string }): Measured {
  const program = `const url = ${JSON.stringify(url)}
    const begin = process.cpuUsage(), before = process.memoryUsage.rss()
    ${code}
    const { user, system } = process.cpuUsage(begin)
    console.log(JSON.stringify({ cost: (user + system) / 1e3, mib: (process.memoryUsage.rss() - before) / 2 ** 20 }))
    process.exit(0)`
  const args = ['--input-type=module', '--eval', program]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`An import failed: ${stderr.slice(-500)}`)
  return JSON.parse(stdout)
}

/** Each in turn, forwards and backwards. `installed`: where our clients are. */
export async function compareImports(installed: string, rounds: number): Promise<readonly ImportRow[]> {
  const { url, stop } = await startServer([join(import.meta.dirname, 'upstream.ts')])
  const quiet = quietWaiter(60_000)
  const all = Object.entries(contenders).map(([name, contender]) => ({
    name,
    contender,
    measured: new Array<Measured>(),
  }))
  try {
    for (let round = 0; round <= rounds; round += 1) {
      await quiet()
      for (const { contender, measured } of round % 2 === 1 ? all.toReversed() : all) {
        const cwd = contender.ours === true ? installed : join(import.meta.dirname, '..')
        const one = measure(contender.code, { cwd, url })
        // The first round reads the files into the memory of the system.
        if (round > 0) measured.push(one)
      }
      process.stderr.write(`imports: round ${round} of ${rounds}\n`)
    }
  } finally {
    await stop()
  }
  const costs = (wanted: string): readonly number[] =>
    (all.find(({ name }) => name === wanted)?.measured ?? []).map(({ cost }) => cost)
  return all.map(({ name, contender: { peer }, measured }) => ({
    name,
    cost: median(costs(name)),
    mib: median(measured.map(({ mib }) => mib)),
    share: 1 / pairedRatio(costs(peer), costs(name)),
    samples: costs(name),
  }))
}
