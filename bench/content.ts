/**
 * The converters of rich text beside their peers: what gets lost, by type of node and mark; what is read wrongly; what a page
 * costs; what a bundle weighs.
 *
 * Usage: npm run bench:content [-- --quick] [-- --part NAME]...
 */
import { parseArgs } from 'node:util'

import { loss } from './content/loss.ts'
import { reading } from './content/reading.ts'
import { sizes } from './content/sizes.ts'
import { speed } from './content/speed.ts'
import { judge, type Goal } from './kit/report.ts'

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, part: { type: 'string', multiple: true } },
})
const { quick } = values

const parts: Readonly<Record<string, () => readonly Goal[] | Promise<readonly Goal[]>>> = {
  loss: () => loss({ documents: quick ? 500 : 3000 }),
  reading,
  speed: () => speed({ rounds: quick ? 3 : 9, milliseconds: quick ? 200 : 1000 }),
  sizes,
}

const goals: Goal[] = []
for (const name of values.part ?? Object.keys(parts)) {
  const part = parts[name]
  if (part === undefined) throw new Error(`There is no part ${name}: ${Object.keys(parts).join(', ')}`)
  goals.push(...(await part()))
}
judge(goals, `${import.meta.dirname}/results/content.json`, { quick, parts: values.part ?? 'all' })
