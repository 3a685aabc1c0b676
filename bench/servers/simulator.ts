/**
 * The simulator with what it finds in a folder, listening as the harness has it. With `--grow N,M` it fills the folder
 * with so many issues and pages instead, and ends.
 *
 * Usage: node simulator.ts FOLDER PORT | node simulator.ts FOLDER --grow ISSUES,PAGES
 */
import { listen } from '../../apps/harness/src/simulator/listen.ts'
import { createSimulator } from '../../packages/simulator/src/index.ts'

const [data = '', what = '', sizes = ''] = process.argv.slice(2)

if (what === '--grow') {
  const [issues = 0, pages = 0] = sizes.split(',').map(Number)
  await createSimulator({ seed: { issues, pages }, data }).close()
} else {
  const address = `http://127.0.0.1:${what}`
  const simulator = createSimulator({ data, compress: true, origins: { auth: address, api: address } })
  const { origin } = await listen((request) => simulator.fetch(request), Number(what))
  // From the start of the process to the first request that can be answered.
  const started = performance.now()
  const tokens = simulator.people
    .filter(({ sites }) => sites.length > 0)
    .map(({ id }) => simulator.tokenFor(id))
  console.log(JSON.stringify({ ready: true, url: origin, started, tokens }))
}
