/**
 * Writes the parts of the README that follow from the program.
 *
 * Usage: node scripts/write-readme.ts && oxfmt README.md
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { withParts } from './readme-parts.ts'

const file = join(import.meta.dirname, '..', 'README.md')
writeFileSync(file, withParts(readFileSync(file, 'utf8')))
