import { startDemo } from './src/processes/demo.ts'
import { runWorkflows } from './src/workflows/run-workflows.ts'
import { workflows } from './src/workflows/workflows.ts'
import { workflowTable } from './src/report/table.ts'
await using demo = await startDemo()
console.log(workflowTable(await runWorkflows(demo, {workflows, era: process.argv[2] as any})))
