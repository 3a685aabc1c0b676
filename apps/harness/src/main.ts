#!/usr/bin/env node
import { redirectOf, walkSignIn } from './agents/sign-in.ts'
import { help, readArguments } from './arguments.ts'
import type { Command } from './arguments.ts'
import { Fault } from './fault.ts'
import { print } from './output.ts'
import { places } from './places.ts'
import { startDemo } from './processes/demo.ts'
import type { Demo } from './processes/demo.ts'
import { workflowTable } from './report/table.ts'
import { takeScreenshots } from './screenshots/take-screenshots.ts'
import { announcement } from './simulator/announcement.ts'
import { readSeedFile } from './simulator/seed-file.ts'
import { serveSimulator } from './simulator/serve.ts'
import type { ServeOptions } from './simulator/serve.ts'
import { runWorkflows } from './workflows/run-workflows.ts'
import { workflows } from './workflows/workflows.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

try {
  await perform(readArguments(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Fault ? error.message : error)
  process.exitCode = 1
}

async function perform(command: Command): Promise<void> {
  switch (command.run) {
    case 'help':
      print(help)
      return
    case 'serve':
      return serve(command)
    case 'workflows':
      return withDemo(async (demo) => {
        const result = await runWorkflows(demo, { workflows, era: command.era })
        print(workflowTable(result))
        if (result.runs.some(({ failures }) => failures.length > 0)) process.exitCode = 1
      })
    case 'screenshots':
      return withDemo(async (demo) => {
        const { out = places.screenshots } = command
        print(`${(await takeScreenshots(demo, out)).length} pictures are in ${out}.`)
      })
    case 'browser':
      return browse(command)
  }
}

async function serve({ seedFile, ...options }: ServeOptions & { readonly seedFile?: string }): Promise<void> {
  const seed = seedFile === undefined ? {} : { seed: readSeedFile(seedFile) }
  const served = await serveSimulator({ ...options, ...seed })
  print(announcement(served))
  await new Promise<void>((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve())
  })
  await served.stop()
}

/** A demo that ends with this program, also when the program is interrupted. */
async function withDemo(use: (demo: Demo) => Promise<void>): Promise<void> {
  for (const signal of signals) process.once(signal, () => process.exit(130))
  await using demo = await startDemo()
  await use(demo)
}

async function browse({ url, as }: { readonly url: URL; readonly as: string }): Promise<void> {
  const answer = await fetch(await walkSignIn(url, { person: as }))
  await answer.body?.cancel()
  if (!answer.ok)
    throw new Fault(`The client at ${redirectOf(url).origin} did not take the answer: ${answer.status}.`)
}
