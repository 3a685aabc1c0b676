#!/usr/bin/env node
import { refusalFor } from './node-version.ts'
import { main } from './program.ts'

const refusal = refusalFor(process.versions.node)
if (refusal === undefined) void main(process.argv.slice(2))
else {
  console.error(refusal)
  process.exitCode = 1
}
